import Fuzzing

/// One file of settings, made from a seed: the same one each time.
struct SettingsCase: CustomStringConvertible {
  enum Kind: String, CaseIterable { case config, theme, bursts, history }

  var kind: Kind
  var bytes: [UInt8]

  var description: String { "\(kind.rawValue) \(CorpusLine.text(bytes))" }

  /// Every case of the corpus: `config.corpus`, `theme.corpus`, `bursts.corpus` and `history.corpus` beside this file.
  static let corpus = Kind.allCases.flatMap { kind in
    CorpusLine.inputs(kind.rawValue, beside: #filePath).map { SettingsCase(kind: kind, bytes: $0) }
  }

  private init(kind: Kind, bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }

  /// A case of the corpus, changed in up to eight places.
  init(seed: UInt64) {
    var random = SplitMix(state: seed)
    self = Self.corpus[random.below(Self.corpus.count)]
    let other = Self.corpus[random.below(Self.corpus.count)].bytes
    Self.changes.change(&bytes, other, &random)
    // Text that goes on and on comes from here: nesting, long keys, many keys.
    if random.below(8) == 0 {
      let place = random.below(bytes.count + 1)
      let piece = bytes[place..<min(bytes.count, place + 1 + random.below(6))]
      bytes.insert(contentsOf: repeatElement(piece, count: random.below(400)).joined(), at: place)
    }
  }

  private static let changes = BrokenBytes(pieces: [
    "=", "'", "'''", "\"\"\"", "[[", "]]", "[[burst]]\n", "\nname = 'a'\n", "\nsend = '1ms'\n",
    "\nkey = 'f1'\n",
    "[roles]\n", "[colors]\n", "[keys]\n", "\nhelp = \"?\"", "\\\n", "\\u0000", "\\U0010FFFF", "\t", "true",
    "1.5", "inf", "nan", "0b1", "1979-05-27T07:32:00Z", "07:32:00.999999", "1_0", "a.b.c", "{a=", "[#", "[=",
    "\r",
    "\u{7f}", "\u{85}", "\u{a1}", "\n:", "\n>", "\n: ",
  ])
}
