// The least that a full-screen program can do: one frame of text by ncursesw, and then wait for a key.
#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <ncurses.h>
#include <unistd.h>

int main(void) {
  setlocale(LC_ALL, "C.UTF-8");
  if (!initscr()) return 1;
  raw();
  noecho();
  start_color();
  use_default_colors();
  for (int y = 0; y < LINES - 1; y++)
    for (int x = 0; x < COLS; x++) mvaddch(y, x, (chtype)('a' + (x + y) % 26));
  mvaddstr(0, 0, "? help");
  refresh();
  getch();
  endwin();
}
