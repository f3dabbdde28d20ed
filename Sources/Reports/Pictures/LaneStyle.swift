extension LaneDrawing {
  /// What the classes of drawings look like; the colours are those of `PageStyle`. Shapes differ as well as colours.
  public static let style = """
    svg.lanes { display: block; max-width: 100%; height: auto; font: 12px var(--mono); fill: var(--ink) }
    .lanes .name { font-weight: 600 }
    .lanes .kind, .lanes .axis, .lanes .gaptext { fill: var(--dim) }
    .lanes .axis, .lanes .gaptext { font-size: 11px }
    .lanes line { stroke: var(--line); stroke-width: 1 }
    .lanes .wait { stroke: var(--received); stroke-width: 2; stroke-dasharray: 1 3; stroke-linecap: round }
    .lanes .gap { fill: var(--panel); stroke: none }
    .lanes .sent { fill: var(--sent-fill); stroke: var(--sent) }
    .lanes .received { fill: var(--received-fill); stroke: var(--received) }
    .lanes .received.odd { fill: var(--received-odd) }
    .lanes .segment { fill: var(--wire-fill); stroke: var(--wire); stroke-dasharray: 2 2 }
    .lanes .again { fill: var(--warning-fill); stroke: var(--warning) }
    .lanes .end { fill: var(--page); stroke: var(--warning); stroke-width: 1.5 }
    .lanes .cut { stroke-dasharray: 6 3 }
    .lanes .kept { stroke: var(--ink); stroke-width: 1.5 }
    .lanes .gone { stroke: var(--sent); stroke-width: 2 }
    .lanes .came { stroke: var(--received); stroke-width: 2 }
    """
}
