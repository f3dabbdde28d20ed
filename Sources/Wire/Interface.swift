import CLinux

/// Where packets pass.
struct Interface: Equatable {
  var name: String
  /// Bytes that a packet may have there, from the IP header on; nil unknown. See netdevice(7), SIOCGIFMTU.
  var mtu: Int?

  init(name: String, mtu: Int?) { (self.name, self.mtu) = (name, mtu) }

  /// The one with an index.
  init(index: Int32) {
    name = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CL_INTERFACE_NAME)) { name in
      cl_interface_name(index, name.baseAddress!)  // it has room
      return String(cString: name.baseAddress!)
    }
    let mtu = cl_interface_mtu(index)
    self.mtu = mtu > 0 ? Int(mtu) : nil
  }

  /// Those that are up.
  static var all: [Interface] {
    var indices = [Int32](repeating: 0, count: 64)
    let count = cl_interfaces(&indices, Int32(indices.count))
    return indices.prefix(Int(count)).map { Interface(index: $0) }
  }

  /// `lo (MTU 65536)`
  var text: String { mtu.map { "\(name) (MTU \($0))" } ?? name }
}
