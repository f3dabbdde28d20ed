extension ActionRule {
  static let table: [Group: [ActionRule]] = [
    .moving: [
      ActionRule(.nextPane, "pane", "go to the next pane", "tab"),
      ActionRule(.previousPane, "pane back", "go to the pane before", "shift-tab"),
      ActionRule(.nextSocket, "next socket", "show the next socket of the list", "n"),
      ActionRule(.previousSocket, "socket before", "show the socket before", "p"),
      ActionRule(.up, "up", "one row up; the view stays there while data arrives", "up k"),
      ActionRule(.down, "down", "one row down", "down j"),
      ActionRule(
        .left, "left", "one byte left; fold a listener's connections; inspector: the record before", "left h"),
      ActionRule(.right, "right", "one byte right; unfold them; inspector: the next record", "right l"),
      ActionRule(.pageUp, "page up", "one page up", "page-up ctrl-b"),
      ActionRule(.pageDown, "page down", "one page down", "page-down ctrl-f"),
      ActionRule(.first, "first", "go to the oldest record", "g home"),
      ActionRule(.follow, "follow", "go to the newest record and follow it", "G end"),
      ActionRule(.choose, "choose", "go on to the records, then to the bytes", "enter"),
      ActionRule(.cancel, "back", "close what is open; back to the records; show all rows", "escape"),
    ],
    .looking: [
      ActionRule(
        .find, "find",
        "search the bytes of the socket in view, or of all: text, \"text\\n\", 0x0d??0a, /regex/", "/"),
      ActionRule(.findBack, "find back", "the same, from the cursor back", "\\"),
      ActionRule(.findNext, "next match", "the next match, while a search is open; Esc ends it", "n"),
      ActionRule(.findPrevious, "match before", "the match before", "N"),
      ActionRule(.inspector, "inspect", "explain the record under the cursor", "i"),
      ActionRule(
        .lanes, "lanes",
        "lanes by time, to scale, or by offset; in a low window they stand in place of the bytes, and go again",
        "v"),
      ActionRule(
        .output, "output", "what watched programs write, and s there types to them; again closes it", "O"),
      ActionRule(
        .shake, "cuts",
        "what each cut of a shaken message came to, a cell for each; Enter goes to its connection",
        "K"),
      ActionRule(
        .trials, "trials",
        "how often each outcome of the lab in play comes; Enter shows a run with the chosen one",
        "#"),
      ActionRule(.zoomIn, "zoom in", "lanes: less on screen, larger", "+ ="),
      ActionRule(.zoomOut, "zoom out", "lanes: more on screen, smaller", "-"),
      ActionRule(.larger, "larger", "one row more for this pane; or drag its border with the mouse", ">"),
      ActionRule(.smaller, "smaller", "one row less for this pane", "<"),
      ActionRule(
        .bigPrint, "big print",
        "for a projector: fewer columns with more between, all that happened, nothing that is of the run", "B"
      ),
      ActionRule(.theme, "theme", "the next theme: dark, high-contrast, light …", "d"),
      ActionRule(
        .time, "time", "times since the start, of the day, since the row above, since the mark", "t"),
      ActionRule(.mark, "mark", "count times from the record under the cursor", "m"),
      ActionRule(.freeze, "freeze", "hold the view; recording goes on", "f"),
      ActionRule(.filter, "filter", "show everything, no empty calls and waits, data, recv, send only", "x"),
      ActionRule(
        .condition, "where", "show only records for which a condition holds: asked>100 and why=drained", "&"),
      ActionRule(
        .conditionOfRow, "filter by",
        "show only records that are as the one under the cursor in what you choose",
        "F"),
      ActionRule(
        .framing, "messages",
        "cut the bytes into messages (lines, JSON, HTTP, length prefix …): why was half a message received?",
        "M"),
      ActionRule(
        .statistics, "stats",
        "statistics of what is in view: sizes, gaps, waits, dwell, throughput, reasons, messages a second",
        "%"),
      ActionRule(
        .query, "SQL", "ask the run with SQL: select why, count(*) from chunks group by 1", ";"),
      ActionRule(.kinds, "kinds of rows", "show or hide each kind of row by itself", "X"),
      ActionRule(.columns, "columns", "choose the table's columns and their order", "C"),
      ActionRule(
        .copy, "copy", "copy the selected bytes, or the record's: hex, burst, Python, C, base64, text, file",
        "y"),
      ActionRule(.select, "select bytes", "begin a selection at the byte cursor; moving extends it", "V"),
      ActionRule(.selectLeft, "select left", "select, one byte to the left", "shift-left"),
      ActionRule(.selectRight, "select right", "select, one byte to the right", "shift-right"),
      ActionRule(.selectUp, "select up", "select, one line up", "shift-up"),
      ActionRule(.selectDown, "select down", "select, one line down", "shift-down"),
      ActionRule(.bytesParts, "hex/text", "bytes as hex and text, hex only, text only", "b"),
      ActionRule(
        .bytesReading, "encoding", "text as UTF-8, Latin-1, ASCII or C escapes, which need room", "u"),
      ActionRule(.bytesWidth, "line length", "bytes in a line: what fits, 8, 16, 32, or one chunk", "w"),
    ],
    .sockets: [
      ActionRule(.commandPrompt, "command", "type a command: listen 9000, connect host:80 …", ":"),
      ActionRule(.sendPrompt, "send", "type a burst to send: \"hello\" 100ms \"x\"*50", "s"),
      ActionRule(
        .bursts, "bursts", "bursts by name, those of F1 to F12 and others: send, edit, rename, delete", "S"),
      ActionRule(
        .recallSends, "sends as burst",
        "type what the socket sent, with its pauses; from the mark on, if set",
        "A"),
      ActionRule(
        .recallBytes, "bytes as burst", "type the selected bytes, or those of the record, as a burst", "E"),
      ActionRule(.pauseReceiving, "pause", "stop calling recv on the socket, or go on", "space"),
      ActionRule(.receiveOnce, "recv once", "call recv once (a paused socket, or mode manual)", "r"),
      ActionRule(.acceptOnce, "accept once", "call accept once (a listener with --accept manual)", "a"),
      ActionRule(
        .options, "options", "see and change how the socket receives: size, mode, flags, timeouts, options",
        "o"),
      ActionRule(
        .hold, "hold", "a relay's socket: what it receives waits inside; again lets it all go", "H"),
      ActionRule(
        .wire, "wire",
        "capture the segments on the wire too, or no longer; X shows their rows, i those of a call", "W"),
      ActionRule(
        .record, "record", "keep the run in a file while it goes on, or end that: see `recvscope open`", "D"),
      ActionRule(.pauseBurst, "pause burst", "let the burst under way stand still, or go on", "P"),
      ActionRule(
        .stopBurst, "stop burst", "end the burst under way; what was not sent is reported", "ctrl-x"),
      ActionRule(
        .endSending, "end sending",
        "end the sending side: shutdown(SHUT_WR), the peer reads an end of stream", "e"),
      ActionRule(.close, "close", "close the socket", "c"),
      ActionRule(.reset, "reset", "close the socket with a reset (RST)", "R"),
    ],
    .lessons: [
      ActionRule(.labs, "labs", "choose a lesson or an experiment, and play it here", "L"),
      ActionRule(
        .again, "again",
        "close everything and play the lab from the start; : again --recv 4 with other values",
        "ctrl-r"),
      ActionRule(
        .handout, "take home",
        "write what is played as a page to print: questions, hands, what happened, why; --blank makes an exercise sheet",
        "Y"),
      ActionRule(.lesson, "lesson", "show or hide the lesson's pane", "T"),
      ActionRule(
        .lessonNext, "next", "in the lesson's pane: go on; at a question 1 to 9 count hands first",
        "enter space"),
      ActionRule(.lessonUndo, "hand down", "in the lesson's pane: take the last hand back", "backspace"),
      ActionRule(.lessonHint, "hint", "show a hint for the question", "I"),
      ActionRule(
        .lessonBack, "question before", "back to the last question: the lab runs again, quickly, up to there",
        ","),
      ActionRule(.lessonSkip, "skip", "go on to the next question without answering", "."),
    ],
    .program: [
      ActionRule(.help, "help", "show or hide these keys", "?"),
      ActionRule(.palette, "all actions", "choose from everything that can be done, by typing", "ctrl-p"),
      ActionRule(
        .quit, "quit", "close every socket and leave; asks first where that loses something", "q ctrl-c"),
      ActionRule(.suspend, "suspend", "stop the program; fg goes on", "ctrl-z"),
      ActionRule(.redraw, "redraw", "draw the whole screen again", "ctrl-l"),
    ],
  ]
}
