"""``make bench``: every benchmark, one table after the other."""

from __future__ import annotations

from benchmarks import bench_placing, bench_risk

for bench in (bench_placing, bench_risk):
    bench.main()
    print()
