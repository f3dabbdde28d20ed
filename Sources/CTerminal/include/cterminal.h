// The terminal as Swift sees it: cells out, events in. ncurses stays behind this header, which includes none of it,
// so no macro, no global and no variadic function of it reaches Swift.
#ifndef CTERMINAL_H
#define CTERMINAL_H
#include <stddef.h>
#include <stdint.h>
#pragma clang assume_nonnull begin

#define CT_CLOSED_ENUM(name) typedef enum __attribute__((enum_extensibility(closed))) name : int32_t

// ---- life ----

CT_CLOSED_ENUM(CTOpening) {
  CTOpeningDone = 0,
  CTOpeningNotATerminal,  // standard input or output is none
  CTOpeningNoTerm,        // TERM is unset or empty
  CTOpeningUnknownTerm,   // TERM names no entry of terminfo
  CTOpeningTooDumb,       // the terminal cannot move its cursor
} CTOpening;

typedef struct CTSize {
  int32_t rows, columns;
} CTSize;

// Takes the screen. Colours are used if asked for and there. Standard error is kept until ct_close if it is a terminal.
CTOpening ct_open(int32_t wants_color);
// Gives the screen back. May be called twice; also runs at exit.
void ct_close(void);
// Gives the screen back, stops the process, and takes the screen again when the process goes on.
void ct_suspend(void);
// Asks the kernel for the size, adopts it, and returns it.
CTSize ct_resize(void);
// Number of colours: 0, 8, 16, 256 or 2^24.
int32_t ct_colors(void);
// Restores the terminal when the process crashes or is killed, and tells what was written to standard error meanwhile.
void ct_guard_install(void);

// ---- output ----

// One cell. Of a glyph two cells wide the second has the scalar 0.
typedef struct CTCell {
  uint32_t scalar;
  uint16_t style;
  uint16_t spare;
} CTCell;

enum { CT_BOLD = 1, CT_DIM = 2, CT_ITALIC = 4, CT_UNDERLINE = 8, CT_REVERSE = 16, CT_STYLES = 512 };

// Defines a style: attributes and colours, -1 is the terminal's own. What cannot be had is left out.
void ct_style(uint16_t style, uint32_t attributes, int32_t foreground, int32_t background);
void ct_put(int32_t row, int32_t column, const CTCell *cells, int32_t count);
// Shows all that was put, in one synchronised update. The cursor is hidden if the row is negative.
void ct_show(int32_t cursor_row, int32_t cursor_column);
// Makes the next ct_show draw every cell.
void ct_redraw(void);
// Writes bytes past ncurses: a sequence that moves no cursor and draws nothing.
void ct_write(const char *bytes, size_t count);

// ---- input ----

CT_CLOSED_ENUM(CTKind) {
  CTKindNone = 0,
  CTKindScalar,
  CTKindKey,
  CTKindMouse,
  CTKindPasteBegin,
  CTKindPasteEnd,
} CTKind;

CT_CLOSED_ENUM(CTKey) {
  CTKeyNone = 0,
  CTKeyUp, CTKeyDown, CTKeyLeft, CTKeyRight, CTKeyHome, CTKeyEnd, CTKeyPageUp, CTKeyPageDown,
  CTKeyInsert, CTKeyDelete, CTKeyBackspace, CTKeyEnter, CTKeyTab, CTKeyBackTab, CTKeyEscape, CTKeyFunction,
} CTKey;

CT_CLOSED_ENUM(CTMouse) {
  CTMouseNone = 0,
  CTMousePress, CTMouseRelease, CTMouseDrag, CTMouseOtherPress, CTMouseWheelUp, CTMouseWheelDown,
} CTMouse;

enum { CT_SHIFT = 1, CT_ALT = 2, CT_CONTROL = 4 };

typedef struct CTEvent {
  CTKind kind;
  uint32_t scalar;     // of a scalar; with CT_CONTROL the letter; of CTKeyFunction its number
  CTKey key;
  CTMouse mouse;
  uint32_t modifiers;
  int32_t row, column; // of the mouse, from 0
} CTEvent;

// The next event; CTKindNone when there is none. Waits at most the 25 ms that tell Escape from a sequence.
CTEvent ct_read(void);

#pragma clang assume_nonnull end
#endif
