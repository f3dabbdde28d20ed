import ArgumentParser

/// The program's command line.
struct Recvscope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recvscope",
    abstract: "An oscilloscope for sockets: see what each recv() returned, when, and why.",
    usage: """
      recvscope [LAB] [-e LINE]...            the workbench
      recvscope run [LAB] [-e LINE]...        the same without a screen
      recvscope listen ADDRESS [options]      run -e 'listen ADDRESS …'
      recvscope connect ADDRESS [options]     run -e 'connect ADDRESS …'
      recvscope relay LISTEN TARGET [options] run -e 'relay LISTEN TARGET …'
      recvscope watch [options] -- COMMAND    another program's calls, like strace
      recvscope shake --send B -- COMMAND     find the cut that breaks a server's parser
      recvscope open FILE                     a run that --record kept
      recvscope query FILE SQL                ask it with SQL
      recvscope export FILE --to KIND         for Wireshark, a browser, a spreadsheet, a bug report
      recvscope replay FILE --from S --to A   what a socket sent then, sent again
      recvscope compare A B                   two of them: which recv calls differ?
      recvscope trials LAB [-n N]             a lab many times: how often did each outcome come?
      recvscope handout LESSON -o FILE.html   a lesson to take home: questions, what happened here, why
      """,
    discussion: """
      A stream has no messages: one send() may come as two recv()s ("half packets"), two as one ("sticky packets"). \
      recvscope makes every recv() call a row: asked, returned, what was left in the queue, when its newest byte \
      arrived, and why it ended there. In the workbench M cuts the bytes into messages (json, newline, http, length:u16be …) \
      and shows which recv() calls each came in; in a lab or a script -e 'frame NAME json' does. --wire records the TCP \
      segments and the datagrams between the calls as well (needs CAP_NET_RAW).

      ADDRESS is 9000 or :9000 (127.0.0.1), host:9000, [::1]:9000, *:9000 (every interface), or for Unix sockets \
      ./path, /path, @abstract. Port 0 takes a free one.
      """,
    version: recvscopeVersion,
    subcommands: [
      WorkbenchCommand.self, RunCommand.self, ListenCommand.self, ConnectCommand.self, TrialsCommand.self,
      LabsCommand.self,
      ThemesCommand.self, OpenCommand.self, QueryCommand.self, ExportCommand.self, RelayCommand.self,
      WatchCommand.self, ShakeCommand.self, CompareCommand.self, ReplayCommand.self,
      HandoutCommand.self,
    ],
    defaultSubcommand: WorkbenchCommand.self)
}
