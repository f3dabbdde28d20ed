/// A value of a TOML text, with the place where it stands.
struct TOMLValue {
  enum Content {
    case text(String)
    case integer(Int64)
    case boolean(Bool)
    case array([TOMLValue])
    case table(TOMLTable)
    /// A float, a date or a time: nothing that is asked for.
    case other
  }

  let content: Content
  let place: TOMLPlace

  var text: String? { if case .text(let text) = content { text } else { nil } }
  var integer: Int64? { if case .integer(let integer) = content { integer } else { nil } }
  var boolean: Bool? { if case .boolean(let boolean) = content { boolean } else { nil } }
  var array: [TOMLValue]? { if case .array(let values) = content { values } else { nil } }
  var table: TOMLTable? { if case .table(let table) = content { table } else { nil } }
}

/// Where something stands in a TOML text. From 1; columns count code points.
struct TOMLPlace: Equatable {
  var line: Int
  var column: Int
}
