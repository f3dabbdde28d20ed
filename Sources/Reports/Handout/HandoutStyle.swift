/// What a handout looks like beside what `PageStyle` says of all reports: more air, as it is read and written on.
enum HandoutStyle {
  static let css = """

    body { max-width: 900px; font-size: 15px; line-height: 1.5 }
    h1 { font-size: 1.75em; line-height: 1.25; margin: 0 0 6px }
    h3 { font-size: 1em; margin: 0 0 2px }
    .facts { margin-bottom: 18px }
    p { margin: 8px 0; max-width: 46em }
    code { font: .9em var(--mono); background: var(--panel); border-radius: 3px; padding: 1px 4px }
    .question { margin: 22px 0 14px; padding: 12px 16px; border: 1.5px solid var(--ink); border-radius: 8px }
    .question h2 { display: flex; gap: .5em; align-items: baseline; margin: 0 0 8px; padding: 0; border: 0; line-height: 1.3 }
    .question h2 span { flex: none; min-width: 1.6em; padding: 0 .3em; border-radius: .8em;
      background: var(--ink); color: var(--page); text-align: center }
    .choices { width: auto }
    .choices td { padding: 3px 10px 3px 0; vertical-align: top }
    .choices .n { color: var(--dim); padding-right: 8px }
    .tick i { display: inline-block; width: 1.15em; height: 1.15em; border: 1.5px solid var(--ink); border-radius: 3px;
      font-style: normal; font-weight: 700; line-height: 1.05em; text-align: center; vertical-align: -.2em }
    .right td { font-weight: 700 }
    .choices .hands { min-width: 15em; padding-left: 14px; font-weight: 400 }
    .hands div { display: flex; align-items: center; gap: 7px; height: 1.5em }
    .hands div:not(:last-child) { height: 1.1em }
    .hands i, .legend .before, .legend .after { border: 1.5px solid var(--ink); border-radius: 2px }
    .hands i { height: .75em; min-width: 2px }
    .hands .after i, .legend .after { background: var(--ink) }
    .hands b { font-size: .85em; font-variant-numeric: tabular-nums }
    .verdict { margin: 10px 0 0; font-weight: 600 }
    .because { margin: 16px 0 30px; padding: 2px 0 2px 14px; border-left: 4px solid var(--ink) }
    .because p { margin: 0 }
    .try { margin: 18px 0; padding: 8px 14px; background: var(--panel); border-radius: 6px }
    figure { margin: 14px 0; padding-bottom: 4px }
    figure p:first-child { margin-top: 0 }
    .rows { overflow-x: auto }
    .calls { min-width: 760px; font-size: .86em; line-height: 1.4 }
    .calls pre { display: inline-block; min-width: 32em; padding: 1px 9px; overflow-x: visible }
    .more td { padding-bottom: 5px }
    .detail { max-width: none }
    .gap td { border-top: 1px solid var(--line); color: var(--dim) }
    .ruled { margin: 12px 0 4px }
    .ruled + p, .ruled + .question { margin-top: 26px }
    .ruled p { margin: 0; color: var(--dim); font-size: .93em }
    .ruled i { display: block; height: 32px; border-bottom: 1px solid var(--dim) }
    .names { display: flex; gap: 10px; max-width: none; margin: 0 0 26px; align-items: end }
    .names i { flex: 3; border-bottom: 1px solid var(--dim) }
    .names .short { flex: 1 }
    .commands { width: auto; margin: 4px 0 14px }
    .commands td:first-child { padding-right: 18px; white-space: nowrap }
    .listing { padding: 10px 12px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .82em; line-height: 1.45 }
    @media (max-width: 600px) { .choices .hands { min-width: 7em } }
    @media print {
      body { font-size: 10pt; max-width: none }
      .calls { min-width: 0; font-size: 7.5pt }
      .short { columns: 2; column-gap: 20px }
      .listing { font-size: 7.5pt; background: none; border: 1px solid var(--line) }
      main { padding: 0 1px }
      .question, .because, .ruled, .try, .commands { break-inside: avoid }
      h2, h3, p:has(+ .question) { break-after: avoid }
      .choices tr, .calls tr { break-inside: avoid }
      .calls thead { display: table-header-group }
      .rows { overflow: visible }
      .names, .hints { break-inside: avoid }
      p { orphans: 2; widows: 2 }
    }

    """
}
