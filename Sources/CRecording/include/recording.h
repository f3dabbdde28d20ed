// What the file of a recording is made of: SQLite and zstd as they are, and the loops over many numbers.
#pragma once
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>
#include <zstd.h>
#include <zstd_errors.h>

// Replaces numbers by their differences from the one before, in zigzag.
void cr_differ(uint64_t *_Nonnull numbers, size_t count);
void cr_add_up(uint64_t *_Nonnull numbers, size_t count);
// All bits that any of them has.
uint64_t cr_bits(const uint64_t *_Nonnull numbers, size_t count);
// Writes first the lowest bytes of all numbers, then the next ones: width * count bytes.
void cr_transpose(const uint64_t *_Nonnull numbers, size_t count, unsigned width, uint8_t *_Nonnull bytes);
void cr_restore(const uint8_t *_Nonnull bytes, size_t count, unsigned width, uint64_t *_Nonnull numbers);
// CRC-32C (RFC 3720, appendix B.4); goes on from an earlier one, or from 0.
uint32_t cr_crc(uint32_t crc, const void *_Nullable bytes, size_t count);

// Macros that Swift does not see. The bytes must stay where they are until the statement is stepped and reset.
int cr_bind_text(sqlite3_stmt *_Nonnull statement, int index, const char *_Nonnull text, int count);
int cr_bind_blob(sqlite3_stmt *_Nonnull statement, int index, const void *_Nullable bytes, uint64_t count);
int cr_set_limit(sqlite3 *_Nonnull database, int limit, int value);
// Of a connection to a file that may come from anybody: nothing that stands in its schema runs, and nothing of ours that
// could harm the file is understood.
void cr_distrust(sqlite3 *_Nonnull database);
// In xConnect: views may read the table, also where the schema is not trusted.
void cr_be_innocuous(sqlite3 *_Nonnull database);
void cr_result_text(sqlite3_context *_Nonnull context, const char *_Nonnull text, int count);

// What SQLite keeps of a table and of a cursor that are made in Swift.
typedef struct {
  sqlite3_vtab base;
  void *_Nonnull swift;
} cr_table;
typedef struct {
  sqlite3_vtab_cursor base;
  void *_Nonnull swift;
} cr_cursor;
// A copy that SQLite frees; NULL without memory.
char *_Nullable cr_copy_text(const char *_Nonnull text);
void cr_result_blob(sqlite3_context *_Nonnull context, const void *_Nullable bytes, uint64_t count);
