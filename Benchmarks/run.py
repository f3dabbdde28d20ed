"""Prints recvscope's figures, each with its yardstick beside it, measured in one run on this machine.

Usage: run.py [TOPIC...]   topics: streams printing memory start screen filters framings find connections relay bursts watch shake wire recordings
The program is $RECVSCOPE, measured in turn with $BEFORE if that is set; the yardsticks are built here with cc -O2. See docs/BENCHMARKS.md.
"""

import sys

import bursts
import connections
import framings
import keys
import messages
import observer
import printing
import recordings
import relay
import screen
import shake
import streams
import watch
import wire
from processes import Unsupported, build_yardsticks
from table import Table

TOPICS = {
    "streams": [streams.chunks_per_second, streams.bytes_per_second],
    "printing": [printing.chunks_per_second, observer.chunks_on_one_processor],
    "memory": [streams.memory_of_large_chunks, streams.memory_of_small_chunks],
    "start": [screen.first_frame, screen.idle_workbench, screen.idle_listener],
    "screen": [keys.idle, keys.recording],
    "filters": [keys.filtering],
    "framings": [framings.bytes_per_second, messages.framing],
    "find": [keys.finding],
    "connections": [connections.many, connections.closed, connections.paced, connections.race],
    "relay": [relay.stream, relay.latency, relay.many],
    "bursts": [bursts.lateness, bursts.back_to_back, bursts.parser],
    "watch": [watch.receives, watch.trips, watch.sets, watch.unwatched],
    "shake": [shake.every, shake.pairs],
    "wire": [wire.chunks_per_second, wire.others],
    "recordings": [recordings.chunks_per_second, recordings.size, recordings.reading, recordings.crashes],
}


def main(topics):
    unknown = [topic for topic in topics if topic not in TOPICS]
    if unknown:
        sys.exit(f"bench: no topic {unknown[0]}; there are {', '.join(TOPICS)}")
    build_yardsticks()
    table = Table()
    for topic in topics or TOPICS:
        for measure in TOPICS[topic]:
            try:
                for row in measure():
                    table.add(row)
            except Unsupported as reason:
                table.add_failure(topic, measure.__name__.replace("_", " "), reason)


main(sys.argv[1:])
