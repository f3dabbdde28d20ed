// Keys, mouse and paste as events.
#include "internal.h"

#include <stdio.h>

enum {
  CODE_PASTE_BEGIN = 5000,
  CODE_PASTE_END,
  CODE_MOUSE,
  CODE_MODIFIED = 5100,
  MODIFIERS = 16,
};

// Keys whose sequences tell modifiers: ESC [ 1 ; m X and ESC [ n ; m ~.
static const struct { CTKey key; int plain; char letter; int number; } modified[] = {
  {CTKeyUp, KEY_UP, 'A', 0},       {CTKeyDown, KEY_DOWN, 'B', 0},     {CTKeyRight, KEY_RIGHT, 'C', 0},
  {CTKeyLeft, KEY_LEFT, 'D', 0},   {CTKeyHome, KEY_HOME, 'H', 0},     {CTKeyEnd, KEY_END, 'F', 0},
  {CTKeyPageUp, KEY_PPAGE, 0, 5},  {CTKeyPageDown, KEY_NPAGE, 0, 6},  {CTKeyInsert, KEY_IC, 0, 2},
  {CTKeyDelete, KEY_DC, 0, 3},
};
enum { MODIFIED = sizeof modified / sizeof *modified };

void ct_define_keys(void) {
  define_key(NULL, KEY_MOUSE);
  define_key(NULL, KEY_SUSPEND);  // TERM=linux has ^Z as a key of its own
  define_key("\033[<", CODE_MOUSE);
  define_key("\033[200~", CODE_PASTE_BEGIN);
  define_key("\033[201~", CODE_PASTE_END);
  char sequence[16];
  for (int i = 0; i < MODIFIED; i++) {
    // terminfo knows an arrow in one of its two spellings only.
    for (int application = 0; application < 2 && modified[i].letter; application++) {
      snprintf(sequence, sizeof sequence, "\033%c%c", application ? 'O' : '[', modified[i].letter);
      if (key_defined(sequence) == 0) define_key(sequence, modified[i].plain);
    }
    for (int m = 2; m <= 8; m++) {
      if (modified[i].letter) snprintf(sequence, sizeof sequence, "\033[1;%d%c", m, modified[i].letter);
      else snprintf(sequence, sizeof sequence, "\033[%d;%d~", modified[i].number, m);
      define_key(sequence, CODE_MODIFIED + i * MODIFIERS + m);
    }
  }
}

void ct_drop_resize_keys(void) {
  wint_t c;
  int kind = wget_wch(ct_input, &c);
  if (kind == ERR || (kind == KEY_CODE_YES && c == KEY_RESIZE)) return;
  if (kind == OK) unget_wch((wchar_t)c); else ungetch((int)c);
}

static CTEvent key_event(CTKey key, uint32_t modifiers) {
  return (CTEvent){.kind = CTKindKey, .key = key, .modifiers = modifiers};
}

static uint32_t modifier_bits(int bits) {
  return (bits & 1 ? CT_SHIFT : 0) | (bits & 2 ? CT_ALT : 0) | (bits & 4 ? CT_CONTROL : 0);
}

// CSI < button ; column ; row M|m, after its first three bytes.
static CTEvent mouse_event(void) {
  CTEvent none = {0};
  int values[3] = {0}, field = 0;
  wint_t c = 0;
  for (int i = 0; i < 24; i++) {
    if (wget_wch(ct_input, &c) != OK) return none;
    if (c >= '0' && c <= '9') {
      if (values[field] < 100000) values[field] = values[field] * 10 + (int)(c - '0');
    } else if (c == ';' && field < 2) {
      field++;
    } else {
      break;
    }
  }
  if (field != 2 || (c != 'M' && c != 'm')) return none;
  int button = values[0] & ~(4 | 8 | 16);
  CTMouse mouse = button == 64          ? CTMouseWheelUp
                  : button == 65        ? CTMouseWheelDown
                  : button & (32 | 64)  ? (button == 32 ? CTMouseDrag : CTMouseNone)
                  : c == 'm'            ? CTMouseRelease
                  : button == 0         ? CTMousePress
                                        : CTMouseOtherPress;
  return (CTEvent){.kind = CTKindMouse, .mouse = mouse, .modifiers = modifier_bits(values[0] >> 2),
                   .row = values[2] - 1, .column = values[1] - 1};
}

static CTEvent code_event(int code) {
  switch (code) {
  case CODE_MOUSE: return mouse_event();
  case CODE_PASTE_BEGIN: return (CTEvent){.kind = CTKindPasteBegin};
  case CODE_PASTE_END: return (CTEvent){.kind = CTKindPasteEnd};
  case KEY_BACKSPACE: return key_event(CTKeyBackspace, 0);
  case KEY_ENTER: return key_event(CTKeyEnter, 0);
  case KEY_BTAB: return key_event(CTKeyBackTab, CT_SHIFT);
  case KEY_A1: return key_event(CTKeyHome, 0);
  case KEY_C1: return key_event(CTKeyEnd, 0);
  case KEY_SR: return key_event(CTKeyUp, CT_SHIFT);
  case KEY_SF: return key_event(CTKeyDown, CT_SHIFT);
  case KEY_SLEFT: return key_event(CTKeyLeft, CT_SHIFT);
  case KEY_SRIGHT: return key_event(CTKeyRight, CT_SHIFT);
  }
  if (code >= KEY_F(1) && code <= KEY_F(24)) {
    CTEvent event = key_event(CTKeyFunction, 0);
    event.scalar = (uint32_t)(code - KEY_F(0));
    return event;
  }
  if (code >= CODE_MODIFIED && code < CODE_MODIFIED + MODIFIED * MODIFIERS) {
    int at = code - CODE_MODIFIED;
    return key_event(modified[at / MODIFIERS].key, modifier_bits(at % MODIFIERS - 1));
  }
  for (int i = 0; i < MODIFIED; i++)
    if (modified[i].plain == code) return key_event(modified[i].key, 0);
  return (CTEvent){0};
}

static CTEvent scalar_event(uint32_t scalar) {
  switch (scalar) {
  case '\r':
  case '\n': return key_event(CTKeyEnter, 0);
  case '\t': return key_event(CTKeyTab, 0);
  case 8:
  case 127: return key_event(CTKeyBackspace, 0);
  }
  CTEvent event = {.kind = CTKindScalar, .scalar = scalar};
  if (scalar < 32) {
    event.modifiers = CT_CONTROL;
    event.scalar = scalar == 0 ? ' ' : scalar < 27 ? scalar + 96 : scalar + 64;
  }
  return event;
}

CTEvent ct_read(void) {
  wint_t c;
  bool alt = false;
  // Codes that mean nothing to us are skipped, so that CTKindNone always says: drained.
  for (;;) {
    int kind = wget_wch(ct_input, &c);
    if (kind == ERR) return alt ? key_event(CTKeyEscape, 0) : (CTEvent){0};
    if (kind == OK && c == 27) {
      if (alt) return key_event(CTKeyEscape, 0);
      alt = true;
      continue;
    }
    CTEvent event = kind == KEY_CODE_YES ? code_event((int)c) : scalar_event(c);
    if (event.kind == CTKindNone) {
      alt = false;
      continue;
    }
    if (alt && (event.kind == CTKindKey || event.kind == CTKindScalar)) event.modifiers |= CT_ALT;
    return event;
  }
}
