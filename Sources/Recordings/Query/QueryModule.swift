import CRecording
import Traffic

/// Makes a table of ours one of SQLite's: see https://sqlite.org/vtab.html.
///
/// Unchecked: SQLite calls what is in it from the thread that has the connection.
final class QueryModule: @unchecked Sendable {
  private let table: any QueryTable
  private let declaration: String
  private var module = sqlite3_module()

  /// Adds it to a connection, which keeps it.
  static func add(_ table: any QueryTable, named name: String, to database: OpaquePointer) -> Int32 {
    let made = QueryModule(table)
    let context = Unmanaged.passRetained(made)
    return withUnsafePointer(to: &made.module) { module in
      sqlite3_create_module_v2(database, name, module, context.toOpaque()) { context in
        Unmanaged<QueryModule>.fromOpaque(context!).release()  // what passRetained gave
      }
    }
  }

  private init(_ table: any QueryTable) {
    self.table = table
    let columns = type(of: table).columns.map { "\"\($0.name)\" \($0.type)" }
    declaration = "CREATE TABLE t(\(columns.joined(separator: ", ")))"
    // Without xCreate it is there by its name, and nobody can make another.
    module.iVersion = 1
    module.xConnect = { database, context, _, _, table, _ in
      QueryModule.connect(database!, context!, table!)  // SQLite gives them
    }
    module.xBestIndex = { table, plan in QueryModule.plan(QueryModule.of(table!), plan!) }
    module.xDisconnect = { table in
      table!.withMemoryRebound(to: cr_table.self, capacity: 1) { $0.deallocate() }
      return SQLITE_OK
    }
    module.xOpen = { table, cursor in
      let made = UnsafeMutablePointer<cr_cursor>.allocate(capacity: 1)
      made.initialize(
        to: cr_cursor(
          base: sqlite3_vtab_cursor(),
          swift: Unmanaged.passRetained(Place(QueryModule.of(table!).table)).toOpaque()))
      cursor!.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
      return SQLITE_OK
    }
    module.xClose = { cursor in
      cursor!.withMemoryRebound(to: cr_cursor.self, capacity: 1) { made in
        Unmanaged<Place>.fromOpaque(made.pointee.swift).release()  // what xOpen retained
        made.deallocate()
      }
      return SQLITE_OK
    }
    module.xFilter = { cursor, _, order, count, values in
      let place = QueryModule.place(of: cursor!)
      place.cursor = place.table.cursor(QueryModule.comparisons(order, Int(count), values))
      return SQLITE_OK
    }
    module.xNext = { cursor in
      QueryModule.place(of: cursor!).cursor?.next()
      return SQLITE_OK
    }
    module.xEof = { cursor in QueryModule.place(of: cursor!).cursor?.isAtEnd == false ? 0 : 1 }
    module.xColumn = { cursor, context, column in
      let value = QueryModule.place(of: cursor!).cursor?.value(Int(column)) ?? .null
      QueryModule.give(value, to: context!)
      return SQLITE_OK
    }
    module.xRowid = { cursor, rowID in
      rowID!.pointee = QueryModule.place(of: cursor!).cursor?.rowID ?? 0
      return SQLITE_OK
    }
  }

  /// Where SQLite is in a table.
  private final class Place {
    let table: any QueryTable
    var cursor: (any QueryCursor)?
    init(_ table: any QueryTable) { self.table = table }
  }

  private static func connect(
    _ database: OpaquePointer, _ context: UnsafeMutableRawPointer,
    _ table: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>
  ) -> Int32 {
    let module = Unmanaged<QueryModule>.fromOpaque(context).takeUnretainedValue()
    let code = sqlite3_declare_vtab(database, module.declaration)
    guard code == SQLITE_OK else { return code }
    cr_be_innocuous(database)
    let made = UnsafeMutablePointer<cr_table>.allocate(capacity: 1)
    made.initialize(to: cr_table(base: sqlite3_vtab(), swift: context))
    table.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
  }

  private static func of(_ table: UnsafeMutablePointer<sqlite3_vtab>) -> QueryModule {
    table.withMemoryRebound(to: cr_table.self, capacity: 1) {
      Unmanaged<QueryModule>.fromOpaque($0.pointee.swift).takeUnretainedValue()
    }
  }

  @inline(__always)
  private static func place(of cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>) -> Place {
    cursor.withMemoryRebound(to: cr_cursor.self, capacity: 1) {
      Unmanaged<Place>.fromOpaque($0.pointee.swift).takeUnretainedValue()
    }
  }

  // MARK: Planning

  /// Takes the conditions that save something; what they are goes to `xFilter` as a text, two bytes each.
  private static func plan(_ module: QueryModule, _ plan: UnsafeMutablePointer<sqlite3_index_info>) -> Int32 {
    var taken: [UInt8] = []
    var cost = 1e7
    for index in 0..<Int(plan.pointee.nConstraint) {
      let condition = plan.pointee.aConstraint[index]
      guard condition.usable != 0, condition.iColumn >= 0, condition.iColumn < 90,
        let by = QueryComparison.Operator(rawValue: condition.op),
        type(of: module.table).helps(by, on: Int(condition.iColumn)), comparesBytes(index, plan)
      else { continue }
      // Both are printable, so the text has no NUL.
      taken += [UInt8(condition.iColumn) + 33, by.rawValue + 33]
      plan.pointee.aConstraintUsage[index].argvIndex = Int32(taken.count / 2)
      cost /= by == .equal ? 100 : 3
    }
    plan.pointee.estimatedCost = cost
    plan.pointee.estimatedRows = Int64(cost)
    guard !taken.isEmpty, let text = sqlite3_malloc64(UInt64(taken.count + 1)) else { return SQLITE_OK }
    let bytes = text.assumingMemoryBound(to: UInt8.self)
    for (index, byte) in taken.enumerated() { bytes[index] = byte }
    bytes[taken.count] = 0
    plan.pointee.idxStr = UnsafeMutableRawPointer(bytes).assumingMemoryBound(to: CChar.self)
    plan.pointee.needToFreeIdxStr = 1
    return SQLITE_OK
  }

  /// True if a condition has no collation that takes different texts for equal.
  private static func comparesBytes(_ index: Int, _ plan: UnsafeMutablePointer<sqlite3_index_info>) -> Bool {
    sqlite3_vtab_collation(plan, Int32(index)).map { String(cString: $0) == "BINARY" } ?? false
  }

  private static func comparisons(
    _ order: UnsafePointer<CChar>?, _ count: Int, _ values: UnsafeMutablePointer<OpaquePointer?>?
  ) -> [QueryComparison] {
    guard let order, let values else { return [] }
    return (0..<count).compactMap { index in
      guard let by = QueryComparison.Operator(rawValue: UInt8(order[2 * index + 1]) - 33),
        let value = values[index]
      else { return nil }
      return QueryComparison(column: Int(order[2 * index]) - 33, by: by, value: Self.value(value))
    }
  }

  private static func value(_ value: OpaquePointer) -> QueryValue {
    switch sqlite3_value_type(value) {
    case SQLITE_INTEGER: .integer(sqlite3_value_int64(value))
    case SQLITE_FLOAT: .real(sqlite3_value_double(value))
    case SQLITE_TEXT:
      // A NUL ends no text of SQLite's.
      sqlite3_value_text(value).map { text in
        let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(value)))
        return .text(String(decoding: bytes, as: UTF8.self))
      } ?? .null
    default: .null
    }
  }

  @inline(__always)
  private static func give(_ value: QueryValue, to context: OpaquePointer) {
    switch value {
    case .null: sqlite3_result_null(context)
    case .integer(let number): sqlite3_result_int64(context, number)
    case .real(let number): sqlite3_result_double(context, number)
    case .text(var text):
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { chars in
          "".withCString { cr_result_text(context, chars.baseAddress ?? $0, Int32(chars.count)) }
        }
      }
    case .bytes(let bytes):
      bytes.withUnsafeBytes { cr_result_blob(context, $0.baseAddress, UInt64($0.count)) }
    }
  }
}
