"""``make bench``: every benchmark, one table after the other."""

from __future__ import annotations

from benchmarks import bench_app, bench_desk, bench_page, bench_placing, bench_register, bench_risk, bench_start

for bench in (bench_placing, bench_risk, bench_register, bench_start, bench_page, bench_app, bench_desk):
    bench.main()
    print()
