import Glibc
import SystemPackage
import Testing
import Traffic

@testable import Sockets

@Suite struct SocketAddressTests {
  @Test(
    "an address reads as users write it",
    arguments: [
      ("127.0.0.1:9000", "127.0.0.1:9000", true), ("10.1.2.3:80", "10.1.2.3:80", false),
      ("[::1]:9000", "[::1]:9000", true), ("[2001:db8::1]:65535", "[2001:db8::1]:65535", false),
      ("[::ffff:127.0.0.1]:1", "[::ffff:127.0.0.1]:1", true), ("9000", "127.0.0.1:9000", true),
      ("./s", "./s", true), ("/run/a b", "/run/a b", true), ("\"@an abstract\"", "@an abstract", true),
      ("\"./a\\\\b\"", "./a\\\\b", true),
    ])
  func text(written: String, text: String, isLoopback: Bool) throws {
    let isQuoted = written.contains(" ") && !written.hasPrefix("\"")
    let address = try AddressText(parsing: isQuoted ? "\"\(written)\"" : written)
    let kind: SocketKind =
      switch address {
      case .path, .abstract: .unix
      case .inet, .session: .tcp
      }
    let resolved = try Resolver.resolve(address, kind: kind, isPassive: false).get()
    #expect(resolved.first?.text == text)
    #expect(resolved.first?.isLoopback == isLoopback)
  }

  @Test("an address without a host is every interface for a listener")
  func everyInterface() throws {
    let found = try Resolver.resolve(.inet(host: nil, port: 80), kind: .tcp, isPassive: true).get()
    #expect(found.allSatisfy { !$0.isLoopback && $0.port == 80 })
  }

  @Test("an address without a name is unnamed")
  func unnamed() {
    #expect(SocketAddress.unnamedUnix.text == "unnamed")
    #expect(SocketAddress.unnamedUnix.path == nil)
    #expect(SocketAddress().text == "—")
  }

  @Test(
    "a Unix name has 107 bytes at most",
    arguments: [
      (1, false, true), (107, false, true), (108, false, false), (107, true, true), (108, true, false),
    ])
  func length(bytes: Int, isAbstract: Bool, fits: Bool) throws {
    let name = String(repeating: "x", count: bytes)
    let address = SocketAddress(unixPath: name, isAbstract: isAbstract)
    #expect((address != nil) == fits)
    if let address {
      #expect(address.text == (isAbstract ? "@" : "") + name)
      #expect(address.path == (isAbstract ? nil : name))
    }
  }

  @Test("names of a Unix socket that differ are written differently, and its path is the real one")
  func anyBytes() throws {
    let names: [(bytes: [UInt8], text: String)] = [
      ([0x2f, 0xff], "/\\xff"), ([0x2f, 0xfe], "/\\xfe"), (Array("/\\xff".utf8), "/\\\\xff"),
      (Array("/é\u{fffd}".utf8), "/é\u{fffd}"), ([0x2f, 0xc3], "/\\xc3"), ([0x40, 0x61], "\\x40a"),
      ([0, 0x61], "@a"), ([0, 0x61, 0, 0x62], "@a\0b"), ([0, 0xe2, 0x82, 0x61], "@\\xe2\\x82a"),
    ]
    for (bytes, text) in names {
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let length = 2 + bytes.count + (bytes[0] == 0 ? 0 : 1)
      let socket = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          SocketAddress(copying: $0, length: socklen_t(length))
        }
      }
      #expect(socket.text == text)
      #expect(socket.path == (bytes[0] == 0 ? nil : String(validating: bytes, as: UTF8.self)))
    }
  }

  @Test("a Unix address on an inet kind, and the other way round, is refused with a reason")
  func kinds() {
    let result = Resolver.resolve(.inet(host: "127.0.0.1", port: 80), kind: .seqpacket, isPassive: true)
    guard case .failure(let failure) = result else {
      Issue.record("a port was taken for a Unix socket")
      return
    }
    #expect(failure.message.contains("takes a path"))
  }

  @Test("a path of 108 bytes is refused with its length")
  func longPath() {
    let path = "./" + String(repeating: "x", count: 106)
    guard case .failure(let failure) = Resolver.resolve(.path(path), kind: .unix, isPassive: true) else {
      Issue.record("a path of 108 bytes was taken")
      return
    }
    #expect(failure.message.contains("108 bytes"))
  }
}
