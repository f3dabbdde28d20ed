import Testing

/// The suites that open sockets run one after another: each counts on two cores and on a free backlog.
@Suite(.serialized) enum SocketsTests {}
