import DequeModule

/// The sockets of a run that are known: all that are open, and those that have records. What it costs to find one does
/// not grow with how many there were.
///
/// A socket whose number is an id lies in a page of 1024; pages of which all are forgotten are given back.
struct SocketTable: ~Copyable {
  /// One socket.
  struct Entry: ~Copyable {
    var info: SocketInfo
    var totals = SocketTotals()
    var index = SocketIndex()
    /// Its place among the open ones; nil once it is over.
    var openPlace: Int?
    /// Its place among the sockets with the same two ends; nil while one of them is unknown.
    var pairRank: Int?
  }

  private typealias Page = UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>

  private static let perPage = 1024
  /// Changes that are remembered; a reader that missed more of them reads everything.
  private static let mostChanges = 1 << 14
  /// A guess at what an entry takes besides its index: itself, its name in a dictionary, its two ends in another.
  private static let entrySize = MemoryLayout<Entry>.stride + 240

  /// The pages by number, and how many entries each has. Memory of its own: an array would be retained at each look.
  private var pages = UnsafeMutableBufferPointer<Page?>(start: nil, count: 0)
  private var pageCounts: [Int] = []
  private var names: [String: SocketID] = [:]
  private var peers = PeerIndex()
  private var changes: Deque<SocketID> = []
  /// Sockets that were not over yet, in no order.
  private(set) var open: [SocketID] = []
  /// Counts every change of what is known of a socket.
  private(set) var version = 0
  private(set) var made = 0
  private(set) var forgotten = 0
  /// Bytes of memory in use, the indexes included.
  private(set) var memory = 0

  /// Where an entry lies; nil if it is forgotten, or was never made.
  @inline(__always)
  subscript(id: SocketID) -> UnsafeMutablePointer<Entry>? {
    let (page, place) = (Int(id.value) / Self.perPage, Int(id.value) % Self.perPage)
    guard page < pages.count, let entries = pages[page] else { return nil }
    return entries[place]
  }

  mutating func add(_ info: SocketInfo) -> SocketID {
    let id = SocketID(UInt32(made))
    insert(id, Entry(info: info))
    return id
  }

  /// Takes up a socket of an earlier run under its number, which must be none that was given yet.
  /// - Parameter totals: what its records added up to.
  mutating func restore(_ id: SocketID, _ info: SocketInfo, _ totals: SocketTotals) {
    insert(id, Entry(info: info, totals: totals, index: SocketIndex(from: totals.records)))
    if totals.isOver, let entry = self[id] { close(entry) }
  }

  private mutating func insert(_ id: SocketID, _ new: consuming Entry) {
    made = Int(id.value) + 1
    let (page, place) = (Int(id.value) / Self.perPage, Int(id.value) % Self.perPage)
    while page >= pageCounts.count { addPage() }
    let info = new.info
    let entry = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
    entry.initialize(to: new)
    pages[page]![place] = entry  // made just now, or before
    pageCounts[page] += 1
    memory += Self.entrySize
    entry.pointee.openPlace = open.count
    open.append(id)
    names[info.name] = id
    entry.pointee.pairRank = peers.add(id, info)
    note(id)
  }

  private mutating func addPage() {
    let page = Page.allocate(capacity: Self.perPage)
    page.initialize(repeating: nil, count: Self.perPage)
    if pageCounts.count == pages.count {
      let more = UnsafeMutableBufferPointer<Page?>.allocate(capacity: max(16, 2 * pages.count))
      more.initialize(repeating: nil)
      for (number, page) in pages.enumerated() { more[number] = page }
      pages.deallocate()
      pages = more
    }
    pages[pageCounts.count] = page
    pageCounts.append(0)
    memory += Self.pageSize
  }

  private static let pageSize = perPage * MemoryLayout<UnsafeMutablePointer<Entry>?>.stride

  mutating func update(_ id: SocketID, _ change: (inout SocketInfo) -> Void) {
    guard let entry = self[id] else { return }
    let before = entry.pointee.info
    change(&entry.pointee.info)
    let info = entry.pointee.info
    if (before.local, before.peer) != (info.local, info.peer) || before.role != info.role {
      peers.remove(before, entry.pointee.pairRank)
      entry.pointee.pairRank = peers.add(id, info)
    }
    note(id)
  }

  func id(named name: String) -> SocketID? { names[name] }

  func peer(of id: SocketID) -> SocketID? {
    guard let entry = self[id], let rank = entry.pointee.pairRank else { return nil }
    return peers.peer(of: entry.pointee.info, rank)
  }

  /// The sockets that changed since a version, and those that are forgotten; some may come twice. Nil if they were too many.
  func changes(since version: Int) -> [SocketID]? {
    let count = self.version - version
    return count <= changes.count ? Array(changes.suffix(count)) : nil
  }

  /// Every socket that is known, oldest first.
  var ids: [SocketID] {
    var ids: [SocketID] = []
    for (number, page) in pages.enumerated() {
      guard let page else { continue }
      for place in 0..<Self.perPage where page[place] != nil {
        ids.append(SocketID(UInt32(number * Self.perPage + place)))
      }
    }
    return ids
  }

  private mutating func note(_ id: SocketID) {
    version += 1
    if changes.count == Self.mostChanges { changes.removeFirst() }
    changes.append(id)
  }

  // MARK: Records

  /// Notes that a socket has one record more.
  @inline(__always)
  mutating func append(_ sequence: Int, of id: SocketID, to entry: UnsafeMutablePointer<Entry>) {
    memory += entry.pointee.index.append(sequence)
    if (entry.pointee.openPlace == nil) != entry.pointee.totals.isOver { changeOver(id, entry) }
  }

  /// Follows a socket that is over, or is not over after all: the first of several addresses refused, a later one did not.
  @inline(never)
  private mutating func changeOver(_ id: SocketID, _ entry: UnsafeMutablePointer<Entry>) {
    if entry.pointee.openPlace != nil { return close(entry) }
    entry.pointee.openPlace = open.count
    open.append(id)
  }

  private mutating func close(_ entry: UnsafeMutablePointer<Entry>) {
    guard let place = entry.pointee.openPlace else { return }
    entry.pointee.openPlace = nil
    let last = open.removeLast()
    guard place < open.count else { return }
    open[place] = last
    self[last]?.pointee.openPlace = place
  }

  /// The oldest record of a socket is gone. With its last one goes a socket that is over.
  mutating func dropFirstRecord(of id: SocketID) {
    guard let entry = self[id] else { return }
    let before = entry.pointee.index.memory
    entry.pointee.index.dropFirst()
    memory += entry.pointee.index.memory - before
    if entry.pointee.index.ranks.isEmpty, entry.pointee.openPlace == nil { forget(id, entry) }
  }

  private mutating func forget(_ id: SocketID, _ entry: UnsafeMutablePointer<Entry>) {
    names[entry.pointee.info.name] = nil
    peers.remove(entry.pointee.info, entry.pointee.pairRank)
    memory -= Self.entrySize + entry.pointee.index.memory
    entry.deinitialize(count: 1)
    entry.deallocate()
    let (page, place) = (Int(id.value) / Self.perPage, Int(id.value) % Self.perPage)
    pages[page]![place] = nil  // it lay there
    pageCounts[page] -= 1
    if pageCounts[page] == 0, page < pageCounts.count - 1 {
      pages[page]!.deallocate()
      pages[page] = nil
      memory -= Self.pageSize
    }
    forgotten += 1
    note(id)
  }

  deinit {
    for page in pages.compactMap(\.self) {
      for place in 0..<Self.perPage {
        guard let entry = page[place] else { continue }
        entry.deinitialize(count: 1)
        entry.deallocate()
      }
      page.deallocate()
    }
    pages.deallocate()
  }
}
