import Testing

@Suite("Multicast where no route leads to the group")
struct MulticastTests {
  /// Some systems let nobody make a network of his own.
  private static let hasNamespaces = (try? Child(["unshare", "-rn", "true"]).wait().exitCode) == 0

  @Test(
    "The group is joined and left on loopback, and the records say so",
    .enabled(if: hasNamespaces, "no network namespaces"))
  func loopback() throws {
    let script = #"ip link set lo up; exec "$1" run --json -e "$2" -e "$3" -e "$4""#
    let outcome = try Child([
      "unshare", "-rn", "sh", "-c", script, "sh", Program.path, "listen *:0 --udp --as r --join 239.1.2.3",
      "set r --leave 239.1.2.3", "set r --join 239.1.2.3%none",
    ]).wait()
    #expect(outcome.exitCode == 2 && outcome.errorText.contains("setsockopt join: ENODEV"), "\(outcome)")
    for option in ["join", "leave"] {
      let record = #""name":"\#(option)","value":"239.1.2.3%lo","requested":"239.1.2.3","errno":null"#
      #expect(outcome.text.contains(record), "\(outcome.text)")
    }
  }
}
