import Traffic

/// What is chosen from a list.
extension Model {
  /// What a list is about.
  private func title(_ subject: Picker.Subject) -> String {
    switch subject {
    case .actions: "What to do"
    case .copy:
      "\(copySource?.count ?? 0) B of \(sockets.name(bytes.socket))"
        + (bytes.selection == nil ? "" : ", selected")
    case .kinds: "Rows"
    case .columns: "Columns"
    case .bursts: "Bursts"
    case .labs:
      sockets.open.isEmpty
        ? "What do you want to see?" : "What do you want to see? What is open is closed for it"
    case .conditions: "Show only rows with"
    case .framings(let subject, _):
      "Messages \(subject.isListener ? "on all connections of" : "of") \(subject.name): what each framing makes of the bytes"
    case .rows(let result): result.title
    case .options(let name): name.isEmpty ? "Options" : "Options of \(name)"
    }
  }

  private func items(_ subject: Picker.Subject) -> [Picker.Item] {
    switch subject {
    case .actions: return Picker.Item.actions(keys, obstacle: obstacle)
    case .copy(let sample, let isCut): return Picker.Item.copies(sample, isCut: isCut)
    case .kinds: return Picker.Item.kinds(table.filter)
    case .columns: return Picker.Item.columns(table.columns)
    case .labs: return Picker.Item.labs(catalog)
    case .bursts: return Picker.Item.bursts(sending.named)
    case .conditions(let conditions):
      return conditions.map { Picker.Item(choice: .condition($0), word: $0) }
    case .framings(let subject, let previews):
      return Picker.Item.framings(
        subject.name, previews,
        now: messages.framing(of: subject.example, .received) ?? messages.framing(of: subject.example, .sent))
    case .rows(let result): return result.items
    case .options(let name):
      guard let socket = sockets.id(named: name), let info = sockets.info(socket) else { return [] }
      return Picker.Item.options(info, sockets.kernelState(of: socket))
    }
  }

  private func items(_ picker: Picker) -> [Picker.Item] {
    picker.obstacle == nil ? items(picker.subject) : []
  }

  func layout(of picker: Picker) -> PickerLayout {
    PickerLayout(
      picker, items(picker), title: title(picker.subject), rows: window.rows, columns: window.columns)
  }

  mutating func take(_ chord: Chord, in picker: Picker, _ journal: Journal) -> [Effect] {
    var picker = picker
    let request = picker.take(chord, items(picker))
    overlay = .picker(picker)
    switch request {
    case .nothing: break
    case .leave: overlay = nil
    case .choose(let item):
      if item.isOn == nil { overlay = nil }
      return choose(item, in: picker, journal)
    case .move(let column, let step):
      // The list's cursor goes with it.
      if let place = table.move(column, by: step), picker.editor.text.isEmpty { picker.place = place }
      overlay = .picker(picker)
    case .edit(let name):
      if let burst = sending.named.burst(named: name) { openSendPrompt(burst.line, saved: burst.label) }
    case .rename(let name): rename(name)
    case .delete(let name, let isSure): return delete(name, isSure: isSure, in: picker)
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    }
    return []
  }

  /// A click chooses an item, or closes the list beside it.
  mutating func take(_ pointer: Pointer, in picker: Picker, _ journal: Journal) -> [Effect] {
    switch pointer.act {
    case .wheelUp: return take(Chord(.up), in: picker, journal)
    case .wheelDown: return take(Chord(.down), in: picker, journal)
    case .press:
      let layout = layout(of: picker)
      if let place = layout.place(row: pointer.row, column: pointer.column) {
        var picker = picker
        picker.place = place
        return take(Chord(.enter), in: picker, journal)
      }
      if !layout.frame.contains(row: pointer.row, column: pointer.column) { overlay = nil }
    case .drag, .release: break
    }
    return []
  }

  private mutating func choose(_ item: Picker.Item, in picker: Picker, _ journal: Journal) -> [Effect] {
    switch item.choice {
    case .action(let action): return attempt(action, journal)
    case .copy(let form): return copy(form, journal)
    case .save(let form): if let copySource { overlay = .prompt(Prompt(.save(form, copySource))) }
    case .kind(let kind):
      if table.filter.hidden.remove(kind) == nil { table.filter.hidden.insert(kind) }
    case .column(let column):
      if !table.toggle(column) { say("one column has to stay") }
      // The item may stand elsewhere now; a second Enter takes the first one back.
      var picker = picker
      let matches = picker.matches(items(.columns))
      if let place = matches.firstIndex(where: { $0.choice == item.choice }) { picker.place = place }
      overlay = .picker(picker)
    case .condition(let text): if let filter = try? Filter(parsing: text) { table.show(also: filter) }
    case .lab(let name): return [.play(.lab(name))]
    case .burst(let name): return sending.named.burst(named: name).map { send($0) } ?? []
    case .record(let sequence):
      if let sequence { go(to: Item.ID(record: sequence), journal) }
    case .command(let line, let isWhole):
      if isWhole, let command = try? Command(parsing: line) { return [.perform(command)] }
      overlay = .prompt(Prompt(.command, text: line))
    }
    return []
  }

  // MARK: Bursts

  private mutating func rename(_ name: String) {
    if sending.named.isLabs(name) { return sayLabs(name) }
    guard let burst = sending.named.burst(named: name) else { return }
    // Its key may be hidden by one of the lab's.
    let label = sending.named.own.first { $0.name == name }?.label ?? burst.label
    let naming = Naming(text: burst.text, origin: .list(name), library: sending.named, keys: keys)
    overlay = .prompt(Prompt(.name(naming), text: label.text))
  }

  private mutating func delete(_ name: String, isSure: Bool, in picker: Picker) -> [Effect] {
    if sending.named.isLabs(name) {
      sayLabs(name)
    } else if isSure {
      sending.named.apply(.remove(name))
      if sending.named.all.isEmpty { overlay = nil }
      say("deleted \(name)")
      return [.saveBursts(.remove(name))]
    } else {
      var picker = picker
      picker.doom(name)
      overlay = .picker(picker)
      say("^D again deletes \(name)")
    }
    return []
  }

  private mutating func sayLabs(_ name: String) {
    say("\(name) is the lab's: change it there")
  }
}
