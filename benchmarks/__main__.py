"""``make bench``: every benchmark, one table after the other."""

from __future__ import annotations

from benchmarks import bench_placing

for bench in (bench_placing,):
    bench.main()
    print()
