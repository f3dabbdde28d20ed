import Testing

/// A server of others, as a command that stays in front, three messages, and what its answers say anew each time.
struct RealServer: Sendable, CustomTestStringConvertible {
  let name: String
  /// Bursts of one send, each for a connection of its own.
  let messages: [String]
  /// Regular expressions between slashes: what `--ignore` has to blank.
  let ignored: [String]
  /// What an answer has in it where it cannot be the same twice, by the index of the message: `--expect`.
  let patterns: [Int: String]
  /// The framing of its messages and answers.
  let framing: String
  private let make: @Sendable (_ port: Int, _ folder: Scratch) throws -> [String]

  private init(
    _ name: String, _ messages: [String], ignored: [String] = [], patterns: [Int: String] = [:],
    framing: String = "http",
    make: @escaping @Sendable (_ port: Int, _ folder: Scratch) throws -> [String]
  ) {
    (self.name, self.messages, self.ignored, self.patterns) = (name, messages, ignored, patterns)
    (self.framing, self.make) = (framing, make)
  }

  var testDescription: String { name }

  /// The command that listens at a port of 127.0.0.1, with what it needs in the folder.
  func command(port: Int, in folder: Scratch) throws -> [String] { try make(port, folder) }

  private static let get = #""GET /page.txt HTTP/1.1\r\nHost: localhost\r\n\r\n""#
  private static let head = #""HEAD /page.txt HTTP/1.1\r\nHost: localhost\r\n\r\n""#
  private static let missing = #""GET /none HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\n\r\n""#
  private static let post =
    #""POST /page.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello""#
  private static let chunked =
    #""POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"#
    + #"5\r\nhello\r\n0\r\n\r\n""#
  private static let date = [#"/Date: [^\r]+\r\n/"#]

  static let all = [
    RealServer("nginx", [get, head, missing], ignored: date) { port, folder in
      _ = try folder.file("page.txt", "a page\n")
      let file = try folder.file(
        "nginx.conf",
        """
        daemon off; worker_processes 2; pid \(folder.path)/nginx.pid; error_log stderr crit; user root;
        events { worker_connections 256; }
        http {
          access_log off;
          client_body_temp_path \(folder.path)/body; proxy_temp_path \(folder.path)/proxy;
          fastcgi_temp_path \(folder.path)/fastcgi; uwsgi_temp_path \(folder.path)/uwsgi;
          scgi_temp_path \(folder.path)/scgi;
          server { listen 127.0.0.1:\(port); root \(folder.path); }
        }
        """)
      return ["/usr/sbin/nginx", "-p", folder.path, "-c", file]
    },
    RealServer(
      "redis-server",
      [
        #""*1\r\n$4\r\nPING\r\n""#, #""*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nhello\r\n""#,
        #""ECHO hello\r\n""#,
      ],
      framing: "resp"
    ) { port, folder in
      ["redis-server", "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--dir", folder.path]
    },
    RealServer("http.server", [get, head, missing], ignored: date) { port, folder in
      _ = try folder.file("page.txt", "a page\n")
      return ["python3", "-m", "http.server", "\(port)", "--bind", "127.0.0.1", "--directory", folder.path]
    },
    // It answers when it has the head; where the body is not there yet it says that it will close.
    RealServer("haproxy", [get, head, post], ignored: [#"/connection: close\r\n/"#]) { port, folder in
      let file = try folder.file(
        "haproxy.cfg",
        """
        defaults
          mode http
          timeout client 30s
          timeout connect 5s
          timeout server 30s
        frontend page
          bind 127.0.0.1:\(port)
          http-request return status 200 content-type text/plain string "a page"

        """)
      return ["/usr/sbin/haproxy", "-db", "-f", file]
    },
    RealServer("node", [get, post, chunked], ignored: date) { port, _ in
      [
        "node", "-e",
        """
        require("http").createServer((request, response) => {
          let count = 0
          request.on("data", chunk => { count += chunk.length })
          request.on("end", () => response.end(count + " bytes\\n"))
        }).listen(\(port), "127.0.0.1")
        """,
      ]
    },
    // A ClientHello that is taken (the answer, with its random bytes, ends in a ServerHelloDone), one whose version and
    // one whose cipher it does not speak: the last two get an alert.
    RealServer(
      "openssl s_server",
      [
        hello(version: "0303", cipher: "003c"), hello(version: "0302", cipher: "003c"),
        hello(version: "0303", cipher: "0005"),
      ],
      patterns: [0: "0x0e000000"], framing: "tls"
    ) { port, folder in
      let (key, certificate) = ("\(folder.path)/key.pem", "\(folder.path)/certificate.pem")
      let made = try Child(
        [
          "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
          "-days", "1", "-subj", "/CN=localhost",
        ]
      ).wait()
      guard made.exitCode == 0 else { throw HarnessError("openssl req: \(made.errorText)") }
      return [
        "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-key", key, "-cert", certificate, "-tls1_2",
        "-cipher", "AES128-SHA256", "-quiet", "-naccept", "1000000",
      ]
    },
  ]

  /// A ClientHello without extensions but the signature algorithms.
  private static func hello(version: String, cipher: String) -> String {
    "0x1603010039 + 0x01000035\(version) + zeros(32) + 0x000002\(cipher)0100 + 0x000a000d0006000404010501"
  }
}
