// Life of the screen, and cells onto it.
#include "internal.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>

enum { MAX_PAIRS = 1024, ESCAPE_DELAY_MS = 25, BATCH = 256 };

WINDOW *ct_input;
static SCREEN *screen;
static bool active, colored, cursor_shown;
static cchar_t styles[CT_STYLES];
static struct { int foreground, background; } pairs[MAX_PAIRS];
static int pair_count;

static bool is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

// Frames are drawn with characters beyond ASCII whatever LANG says; glibc always has C.UTF-8.
static void set_locale(void) {
  if (setlocale(LC_CTYPE, "") == NULL || !is_utf8()) setlocale(LC_CTYPE, "C.UTF-8");
}

// Mouse by SGR sequences, read by ourselves: ncurses reads them only where terminfo's kmous says so.
static void modes_on(void) {
  const char *paste = tigetstr("BE");
  if (paste && paste != (char *)-1) put_text(paste);
  put_text("\033[?1000h\033[?1002h\033[?1006h");
}

static void modes_off(void) {
  const char *paste = tigetstr("BD");
  put_text("\033[?1006l\033[?1002l\033[?1000l");
  if (paste && paste != (char *)-1) put_text(paste);
}

static void leave(void) {
  modes_off();
  endwin();
  const char *alternate = tigetstr("rmcup"), *erase = tigetstr("el");
  // Without an alternate screen our last row stays, and the shell would write its prompt over it.
  if ((alternate && alternate != (char *)-1) || !erase || erase == (char *)-1) return;
  putp(erase);
  fflush(stdout);
}

CTOpening ct_open(int32_t wants_color) {
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return CTOpeningNotATerminal;
  const char *name = getenv("TERM");
  if (!name || !*name) return CTOpeningNoTerm;
  set_locale();
  ct_guard_install();
  screen = newterm(NULL, stdout, stdin);
  if (!screen) return CTOpeningUnknownTerm;
  const char *move = tigetstr("cup");
  if (!move || move == (char *)-1) {
    endwin();
    delscreen(screen);
    return CTOpeningTooDumb;
  }
  ct_guard_arm();
  active = true;
  static bool hooked;
  if (!hooked) hooked = atexit(ct_close) == 0;
  raw();
  noecho();
  nonl();
  set_escdelay(ESCAPE_DELAY_MS);
  typeahead(-1);
  scrollok(stdscr, FALSE);
  intrflush(NULL, FALSE);
  ct_input = newpad(1, 1);
  keypad(ct_input, TRUE);
  nodelay(ct_input, TRUE);
  ct_define_keys();
  colored = wants_color && has_colors() && start_color() == OK;
  if (colored) use_default_colors();
  pair_count = 0;
  curs_set(0);
  cursor_shown = false;
  modes_on();
  return CTOpeningDone;
}

void ct_close(void) {
  if (!active) return;
  active = false;
  leave();
  ct_guard_disarm();
}

void ct_suspend(void) {
  if (!active) return;
  leave();
  ct_guard_disarm();
  kill(getpid(), SIGSTOP);
  ct_guard_arm();
  clearok(curscr, TRUE);
  refresh();
  curs_set(cursor_shown);
  modes_on();
}

CTSize ct_resize(void) {
  struct winsize size;
  bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0;
  if (known && is_term_resized(size.ws_row, size.ws_col)) {
    resizeterm(size.ws_row, size.ws_col);
    ct_drop_resize_keys();
  }
  return (CTSize){.rows = LINES, .columns = COLS};
}

int32_t ct_colors(void) { return colored ? COLORS : 0; }

// alloc_pair(3) would do this, but crashes in ncurses 6.4 where there are no colours.
static int pair_of(int foreground, int background) {
  if (!colored || (foreground < 0 && background < 0)) return 0;
  for (int i = 0; i < pair_count; i++)
    if (pairs[i].foreground == foreground && pairs[i].background == background) return i + 1;
  if (pair_count == MAX_PAIRS || pair_count + 1 >= COLOR_PAIRS) return 0;
  if (init_extended_pair(pair_count + 1, foreground, background) != OK) return 0;
  pairs[pair_count].foreground = foreground;
  pairs[pair_count].background = background;
  return ++pair_count;
}

void ct_style(uint16_t style, uint32_t attributes, int32_t foreground, int32_t background) {
  if (style >= CT_STYLES) return;
  attr_t bits = 0;
  if (attributes & CT_BOLD) bits |= A_BOLD;
  if (attributes & CT_DIM) bits |= A_DIM;
  if (attributes & CT_ITALIC) bits |= A_ITALIC;
  if (attributes & CT_UNDERLINE) bits |= A_UNDERLINE;
  if (attributes & CT_REVERSE) bits |= A_REVERSE;
  int pair = pair_of(foreground, background);
  // setcchar is slow, so it makes one template a style, in which ct_put changes only the character.
  setcchar(&styles[style], L" ", bits, 0, &pair);
}

void ct_put(int32_t row, int32_t column, const CTCell *cells, int32_t count) {
  cchar_t batch[BATCH];
  int held = 0, start = column;
  for (int i = 0; i < count; i++) {
    if (cells[i].scalar == 0) continue;
    if (held == BATCH) {
      mvwadd_wchnstr(stdscr, row, start, batch, held);
      held = 0;
      start = column + i;
    }
    batch[held] = styles[cells[i].style < CT_STYLES ? cells[i].style : 0];
    batch[held++].chars[0] = (wchar_t)cells[i].scalar;
  }
  if (held) mvwadd_wchnstr(stdscr, row, start, batch, held);
}

void ct_show(int32_t cursor_row, int32_t cursor_column) {
  bool shows = cursor_row >= 0;
  if (shows != cursor_shown) curs_set(shows);
  cursor_shown = shows;
  wmove(stdscr, shows ? cursor_row : 0, shows ? cursor_column : 0);
  wnoutrefresh(stdscr);
  // doupdate writes a row at a time; terminals that know this bracket show all rows at once, the others ignore it.
  put_text("\033[?2026h");
  doupdate();
  put_text("\033[?2026l");
}

void ct_redraw(void) { clearok(curscr, TRUE); }

void ct_write(const char *bytes, size_t count) { put_bytes(STDOUT_FILENO, bytes, count); }
