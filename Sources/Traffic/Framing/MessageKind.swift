/// A framing's own word for a message.
public enum MessageKind: String, Sendable, CaseIterable {
  /// What follows where a framing has lost its place: no message can be found in it.
  case rest

  // HTTP
  case request, response
  /// A response of 1xx, which another one follows.
  case interim
  /// What follows CONNECT, or an upgrade to what is not known.
  case tunnel

  // WebSocket
  case continuation, text, binary, close, ping, pong

  // JSON
  case object, array, string, number, boolean, null

  // RESP
  case simpleString = "simple-string"
  case error, integer
  case bulkString = "bulk-string"
  case double
  case bigNumber = "big-number"
  case bulkError = "bulk-error"
  case verbatimString = "verbatim-string"
  case map, set, push
  /// A command that is typed as a line.
  case inline

  // TLS
  case changeCipherSpec = "change-cipher-spec"
  case alert, handshake
  case applicationData = "application-data"
  case heartbeat

  // MQTT; its close is `disconnect`.
  case connect, connack, publish, puback, pubrec, pubrel, pubcomp, subscribe, suback, unsubscribe, unsuback
  case pingreq, pingresp, disconnect, auth

  // Modbus
  case readCoils = "read-coils"
  case readDiscreteInputs = "read-discrete-inputs"
  case readHoldingRegisters = "read-holding-registers"
  case readInputRegisters = "read-input-registers"
  case writeSingleCoil = "write-single-coil"
  case writeSingleRegister = "write-single-register"
  case writeMultipleCoils = "write-multiple-coils"
  case writeMultipleRegisters = "write-multiple-registers"
  case maskWriteRegister = "mask-write-register"
  case readWriteMultipleRegisters = "read-write-multiple-registers"
  /// Any other function of Modbus.
  case function
  case exception
}
