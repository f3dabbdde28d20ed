#include "recording.h"

int cr_bind_text(sqlite3_stmt *statement, int index, const char *text, int count) {
  return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}

int cr_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, uint64_t count) {
  // Without bytes it is to be an empty blob, and not NULL.
  return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_STATIC);
}

int cr_set_limit(sqlite3 *database, int limit, int value) { return sqlite3_limit(database, limit, value); }

void cr_distrust(sqlite3 *database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
}

void cr_be_innocuous(sqlite3 *database) { sqlite3_vtab_config(database, SQLITE_VTAB_INNOCUOUS); }

void cr_result_text(sqlite3_context *context, const char *text, int count) {
  sqlite3_result_text(context, text, count, SQLITE_TRANSIENT);
}

void cr_result_blob(sqlite3_context *context, const void *bytes, uint64_t count) {
  sqlite3_result_blob64(context, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

char *cr_copy_text(const char *text) { return sqlite3_mprintf("%s", text); }
