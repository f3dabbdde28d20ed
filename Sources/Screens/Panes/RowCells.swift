import Traffic

/// One row of the table in words.
protocol RowCells {
  /// Of the row's name, which tells the kinds apart.
  var role: Role { get }
  func text(_ column: Column, width: Int) -> String
  func role(of column: Column) -> Role
}
