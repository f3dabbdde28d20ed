import Testing

@testable import Traffic

@Suite struct AddressTextTests {
  @Test(
    "every form of an address reads and prints",
    arguments: [
      ("9000", .inet(host: "127.0.0.1", port: 9000), "127.0.0.1:9000"),
      (":9000", .inet(host: "127.0.0.1", port: 9000), "127.0.0.1:9000"),
      ("0", .inet(host: "127.0.0.1", port: 0), "127.0.0.1:0"),
      ("localhost:65535", .inet(host: "localhost", port: 65535), "localhost:65535"),
      ("10.0.0.1:80", .inet(host: "10.0.0.1", port: 80), "10.0.0.1:80"),
      ("[::1]:9000", .inet(host: "::1", port: 9000), "[::1]:9000"),
      ("[fe80::1%eth0]:9000", .inet(host: "fe80::1%eth0", port: 9000), "[fe80::1%eth0]:9000"),
      ("*:9000", .inet(host: nil, port: 9000), "*:9000"),
      ("./s", .path("./s"), "./s"),
      ("/run/s.sock", .path("/run/s.sock"), "/run/s.sock"),
      (#""./my \"s\"""#, .path("./my \"s\""), #""./my \"s\"""#),
      ("\"s\"", .path("s"), "\"s\""),
      ("@abstract", .abstract("abstract"), "@abstract"),
      ("\"@an abstract\"", .abstract("an abstract"), "\"@an abstract\""),
      ("server", .session("server"), "server"),
      ("server.1", .session("server.1"), "server.1"), ("localhost2", .session("localhost2"), "localhost2"),
      ("./http://s", .path("./http://s"), "./http://s"), ("a//b:1/c", .path("a//b:1/c"), "a//b:1/c"),
    ] as [(String, AddressText, String)])
  func reads(text: String, address: AddressText, printed: String) throws {
    #expect(try AddressText(parsing: text) == address)
    #expect(address.text == printed)
    #expect(try AddressText(parsing: printed) == address)
  }

  @Test(
    "a wrong address is refused with its column",
    arguments: [
      ("", 1, "expected an address"),
      ("70000", 1, "port 70000 is out of range: 0 to 65535"),
      ("host:70000", 6, "out of range"),
      ("99999999999999999999", 1, "out of range"),
      ("host:", 6, "expected a port"),
      ("host:80x", 6, "expected a port"),
      ("::1:9000", 1, "in brackets"),
      ("[::1]", 6, "expected : and a port"),
      ("[::1", 5, "expected ]"),
      ("[host]:80", 2, "expected an IPv6 address"),
      ("127.0.0.1", 10, "expected a port after the host: 127.0.0.1:9000"),
      ("ho$t:80", 3, "a host is"),
      ("-x", 1, "expected an address"),
      ("@", 2, "expected a name after @"),
      ("\"\"", 1, "expected a path"),
      ("\"./a\"b", 6, "expected a space"),
      ("\"./a", 5, "not closed"),
      ("9000 9001", 5, "expected nothing"),
      ("localhost", 10, "localhost needs a port: localhost:80"),
      (
        "http://host:80/", 1,
        "an address is host:port, such as host:80: recvscope opens the socket, not the URL"
      ),
      ("HTTPS://example.com/a?b=c:1", 1, "such as example.com:443: recvscope"),
      ("tcp://127.0.0.1:9000", 1, "such as 127.0.0.1:9000: recvscope"),
      ("ws://[::1]/chat", 1, "such as [::1]:80: recvscope"),
      ("wss://me:secret@[::1]:8443", 1, "such as [::1]:8443: recvscope"),
      ("http://", 1, "such as host:80: recvscope"),
      ("http://host:?x", 1, "such as host:80: recvscope"),
      ("\"http://host/a b\"", 1, "such as host:80: recvscope"),
      ("unix:///run/s", 1, "a Unix socket's address is its path alone: /run/s"),
      ("./" + String(repeating: "x", count: 106), 1, "at most 107 bytes, this one 108"),
    ])
  func refuses(text: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try AddressText(parsing: text) }
    #expect(error?.column == column)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }
}
