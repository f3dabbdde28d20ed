// TOML texts, read by toml++. The library stays behind this header: no type and no exception of C++ comes through.
#ifndef CTOML_H
#define CTOML_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

#define CTOML_CLOSED_ENUM(name) typedef enum __attribute__((enum_extensibility(closed))) name : int32_t

CTOML_CLOSED_ENUM(CTomlKind) {
  CTomlKindTable,
  CTomlKindArray,
  CTomlKindText,
  CTomlKindInteger,
  CTomlKindBoolean,
  CTomlKindOther,  // a float, a date or a time
} CTomlKind;

// From 1. Columns count code points.
typedef struct CTomlPlace {
  uint32_t line, column;
} CTomlPlace;

// UTF-8, not ended by a zero byte: it may hold some.
typedef struct CTomlText {
  const char *_Nullable bytes;
  size_t count;
} CTomlText;

typedef struct CTomlValue {
  CTomlKind kind;
  CTomlPlace place;      // of a table or an array with a heading: where that begins
  CTomlText key;         // in a table
  CTomlPlace key_place;
  CTomlText text;
  int64_t integer;       // of a boolean 0 or 1
  size_t count;          // values that a table or an array has
} CTomlValue;

typedef struct CTomlOwner CTomlOwner;

// What reading a text gave: values, or its first mistake.
typedef struct CTomlReading {
  // The table that the text is, then its values in the order of the text, each before what it holds. Null for a mistake.
  const CTomlValue *_Nullable values;
  size_t count;
  CTomlPlace place;      // of the mistake
  CTomlText message;
  CTomlOwner *_Nullable owner;
} CTomlReading;

enum {
  CTOML_DEPTH = 16,      // most values in one another, and most parts of a key: deeper texts are refused
};

// Reads a text of any bytes. What the result points to lasts until ctoml_free.
CTomlReading ctoml_read(const char *_Nullable bytes, size_t count);
void ctoml_free(CTomlReading reading);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
