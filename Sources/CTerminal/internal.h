// What the files of this target share. It includes ncurses, so it is no public header.
#ifndef CTERMINAL_INTERNAL_H
#define CTERMINAL_INTERNAL_H
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "include/cterminal.h"

// write(2) to the end; what fails is lost, as there is nobody left to tell.
static inline void put_bytes(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t done = write(fd, bytes, count);
    if (done <= 0) return;
    bytes += done;
    count -= (size_t)done;
  }
}

static inline void put_text(const char *text) { put_bytes(STDOUT_FILENO, text, strlen(text)); }

// A 1x1 pad to read from: wgetch on stdscr would refresh the screen by itself.
extern WINDOW *ct_input;
void ct_define_keys(void);
void ct_drop_resize_keys(void);

// The guard restores the terminal only between arm and disarm.
void ct_guard_arm(void);
void ct_guard_disarm(void);

#endif
