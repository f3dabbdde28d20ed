#include "recording.h"

#include <pthread.h>

void cr_differ(uint64_t *numbers, size_t count) {
  uint64_t before = 0;
  for (size_t i = 0; i < count; i++) {
    int64_t difference = (int64_t)(numbers[i] - before);
    before = numbers[i];
    numbers[i] = (uint64_t)difference << 1 ^ (uint64_t)(difference >> 63);
  }
}

void cr_add_up(uint64_t *numbers, size_t count) {
  uint64_t sum = 0;
  for (size_t i = 0; i < count; i++) {
    sum += numbers[i] >> 1 ^ -(numbers[i] & 1);
    numbers[i] = sum;
  }
}

uint64_t cr_bits(const uint64_t *numbers, size_t count) {
  uint64_t bits = 0;
  for (size_t i = 0; i < count; i++) bits |= numbers[i];
  return bits;
}

void cr_transpose(const uint64_t *numbers, size_t count, unsigned width, uint8_t *bytes) {
  for (unsigned place = 0; place < width; place++)
    for (size_t i = 0; i < count; i++) *bytes++ = (uint8_t)(numbers[i] >> 8 * place);
}

void cr_restore(const uint8_t *bytes, size_t count, unsigned width, uint64_t *numbers) {
  for (size_t i = 0; i < count; i++) numbers[i] = 0;
  for (unsigned place = 0; place < width; place++)
    for (size_t i = 0; i < count; i++) numbers[i] |= (uint64_t)*bytes++ << 8 * place;
}

static uint32_t crc_table[8][256];
static pthread_once_t crc_once = PTHREAD_ONCE_INIT;

static void make_crc_table(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
    crc_table[0][byte] = crc;
  }
  for (int ahead = 1; ahead < 8; ahead++)
    for (int byte = 0; byte < 256; byte++) {
      uint32_t crc = crc_table[ahead - 1][byte];
      crc_table[ahead][byte] = crc >> 8 ^ crc_table[0][crc & 255];
    }
}

uint32_t cr_crc(uint32_t crc, const void *bytes, size_t count) {
  pthread_once(&crc_once, make_crc_table);
  const uint8_t *byte = bytes;
  crc = ~crc;
  // Eight at a time, by tables that look ahead.
  for (; count >= 8; count -= 8, byte += 8) {
    uint32_t low = crc ^ (byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 | (uint32_t)byte[3] << 24);
    crc = crc_table[7][low & 255] ^ crc_table[6][low >> 8 & 255] ^ crc_table[5][low >> 16 & 255] ^
          crc_table[4][low >> 24] ^ crc_table[3][byte[4]] ^ crc_table[2][byte[5]] ^ crc_table[1][byte[6]] ^
          crc_table[0][byte[7]];
  }
  while (count-- > 0) crc = crc >> 8 ^ crc_table[0][(crc ^ *byte++) & 255];
  return ~crc;
}
