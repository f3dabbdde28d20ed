/// How reports look: in light and in dark, and on A4.
public enum PageStyle {
  public static let css = """
    :root {
      color-scheme: light dark;
      --mono: ui-monospace, "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace;
      --page: #ffffff; --ink: #1b2126; --dim: #5d6974; --line: #d8dee4; --panel: #f4f6f8;
      --sent: #b26a12; --sent-fill: #fbe6cb; --received: #2367ad; --received-fill: #d3e6f9; --received-odd: #b4d4f3;
      --wire: #6f5bb0; --wire-fill: #ece7f8; --warning: #b3261e; --warning-fill: #fbdcd9
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14181c; --ink: #e4e9ed; --dim: #98a4ae; --line: #343c44; --panel: #1d2329;
        --sent: #e0a458; --sent-fill: #49331a; --received: #7ab3ec; --received-fill: #1e3a57; --received-odd: #2a5078;
        --wire: #a999e0; --wire-fill: #332b52; --warning: #f28b82; --warning-fill: #512824
      }
    }
    * { box-sizing: border-box }
    body { margin: 0 auto; max-width: 1040px; padding: 28px 24px 60px; background: var(--page); color: var(--ink);
      font: 14px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif }
    h1 { font-size: 1.6em; margin: 0 0 2px; letter-spacing: -.01em }
    h2 { font-size: 1.15em; margin: 34px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line) }
    p { margin: 4px 0 8px }
    .dim, .detail { color: var(--dim) }
    .notice { border-left: 3px solid var(--warning); background: var(--panel); padding: 8px 12px; margin: 12px 0 }
    figure { margin: 14px 0 22px; padding: 14px 14px 10px; border: 1px solid var(--line); border-radius: 8px }
    figcaption { margin: 0 0 12px; font-weight: 600 }
    figure p { margin: 12px 0 6px; color: var(--dim); font-size: .86em }
    .legend span { white-space: nowrap; margin-right: 14px }
    .legend i { display: inline-block; width: 13px; height: 11px; border: 1px solid; border-radius: 2px; margin-right: 5px;
      vertical-align: -1px }
    i.sent { background: var(--sent-fill); border-color: var(--sent) }
    i.received { background: var(--received-fill); border-color: var(--received) }
    i.segment { background: var(--wire-fill); border-color: var(--wire); border-style: dashed }
    i.end { background: var(--page); border-color: var(--warning); border-width: 1.5px }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
    th { text-align: left; font-size: .8em; font-weight: 600; color: var(--dim); white-space: nowrap }
    th, td { padding: 3px 8px 3px 0; vertical-align: baseline }
    thead th { border-bottom: 1px solid var(--line); padding-bottom: 5px }
    th.n, td.n { text-align: right; padding-right: 12px; white-space: nowrap }
    .call td { border-top: 1px solid var(--line) }
    .call .name { font-weight: 600; overflow-wrap: break-word; max-width: 18em }
    .word { white-space: nowrap }
    .why { white-space: pre-wrap; overflow-wrap: anywhere }
    .recv .word { color: var(--received); font-weight: 600 }
    .send .word { color: var(--sent); font-weight: 600 }
    .ends .why, .fails .why { color: var(--warning); font-weight: 600 }
    .more td { padding: 0 0 8px }
    pre { margin: 2px 0 4px; padding: 5px 9px; background: var(--panel); border-radius: 5px; font: .86em/1.4 var(--mono);
      overflow-wrap: normal; overflow-x: auto }
    .detail { font-size: .9em; margin: 2px 0 }
    footer { margin-top: 36px; padding-top: 8px; border-top: 1px solid var(--line); color: var(--dim); font-size: .86em }
    @page { size: A4; margin: 14mm 12mm }
    @media print {
      :root {
        color-scheme: light;
        --page: #ffffff; --ink: #000000; --dim: #4a545d; --line: #c3cad1; --panel: #f4f6f8;
        --sent: #b26a12; --sent-fill: #fbe6cb; --received: #2367ad; --received-fill: #d3e6f9; --received-odd: #b4d4f3;
        --wire: #6f5bb0; --wire-fill: #ece7f8; --warning: #b3261e; --warning-fill: #fbdcd9
      }
      body { font-size: 8.5pt; padding: 0; max-width: none; print-color-adjust: exact; -webkit-print-color-adjust: exact }
      figure, .sockets tr { break-inside: avoid }
      h2 { break-after: avoid }
      .call { break-after: avoid }
      th, td { padding-right: 6px }
      th.n, td.n { padding-right: 8px }
    }

    """
}
