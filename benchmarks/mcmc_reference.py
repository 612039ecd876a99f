"""The estimate beside a long chain of the same model: NUTS with range, sd and what clues tell free.

Run it as ``python -m benchmarks.mcmc_reference [--warm-up 500] [--draws 3000]``; its library is in requirements.in.
"""

from __future__ import annotations

import argparse

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import pandas as pd
from numpyro import distributions as dist
from numpyro.infer import MCMC, NUTS

import geo
from geo.estimate.emission import KINDS, PRIOR, kind_of
from geo.estimate.estimating import learn_hyper, line_of, told_of
from geo.estimate.hyperparameters import fit_posterior
from geo.incidents.selection import Selection, rate_period

RANGES_KM, SDS = (12.6, 1265.0), (0.39, 4.35)
SD_RATE, RANGE_RATE = -np.log(0.05) / 6.0, -np.log(0.05) * np.sqrt(10.0)


def main() -> None:  # noqa: PLR0915  (one chain from its model to its table)
    """Print both posteriors and their differences in logs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warm-up", type=int, default=500)
    parser.add_argument("--draws", type=int, default=3000)
    wanted = parser.parse_args()
    numpyro.enable_x64()
    frontier = geo.read_frontier()
    everything = geo.locate(geo.read_incidents(), frontier)
    hyper, line = learn_hyper(everything), line_of(frontier)
    told = told_of(everything.select(Selection()), frontier, rate_period(everything.incidents, Selection()))
    records, exposure, between = told.records(line, hyper.emission), line.exposure(told.years), ~line.at
    every = told.records(line, tuple(map(tuple, (PRIOR > 0).astype(float))))
    kind = kind_of(line)
    middle = np.cumsum(line.length_km) - line.length_km / 2
    weights, step, cells = jnp.asarray(every.weights.toarray()), jnp.asarray(np.diff(middle)), int(between.sum())

    def model() -> None:
        centre, precision = line.prior
        beta = numpyro.sample("beta", dist.Normal(centre, precision**-0.5).to_event(1))
        z = numpyro.sample("z", dist.Normal(0, 1).expand([len(line.cell)]).to_event(1))
        log_range = numpyro.sample("log_range", dist.Uniform(*np.log(RANGES_KM)))
        log_sd = numpyro.sample("log_sd", dist.Uniform(*np.log(SDS)))
        penalty = SD_RATE * jnp.exp(log_sd) - log_sd + log_range / 2 + RANGE_RATE * jnp.exp(-log_range / 2)
        numpyro.factor("prior", -penalty)
        keep = jnp.exp(-2 * step / jnp.exp(log_range))
        fresh = jnp.sqrt(-jnp.expm1(-4 * step / jnp.exp(log_range))) * z[1:cells]
        kept, added = jax.lax.associative_scan(lambda p, q: (p[0] * q[0], q[0] * p[1] + q[1]), (keep, fresh))
        field = jnp.exp(log_sd) * jnp.concatenate([z[:1], kept * z[0] + added])
        effect = jnp.concatenate([field, hyper.scales[0].crossing_sd * z[cells:]])
        mean = jnp.exp(jnp.log(exposure) + line.kinds @ beta + effect)
        numpyro.deterministic("mean", mean)
        told_at = jnp.stack(
            [
                numpyro.sample(f"clues_{name}", dist.Dirichlet(row[row > 0])) @ np.eye(len(row))[row > 0]
                for name, row in zip(KINDS, PRIOR, strict=True)
            ]
        )
        by_row = jnp.sum(weights * told_at[kind][:, every.clue].T * mean, axis=1)
        numpyro.factor("records", jnp.sum(every.counts * jnp.log(by_row)) - mean.sum())

    chain = MCMC(
        NUTS(model, max_tree_depth=8, target_accept_prob=0.85),
        num_warmup=wanted.warm_up,
        num_samples=wanted.draws,
        progress_bar=False,
    )
    chain.run(jax.random.PRNGKey(0))
    found = chain.get_samples()
    truth = np.asarray(found["mean"])
    ours = fit_posterior(line, records, hyper).rates * exposure
    for name in ("log_range", "log_sd"):
        print(f"{name}: chain {np.mean(found[name]):.2f} ± {np.std(found[name]):.2f}")
    print("between, chain:", np.round(np.mean(found["clues_between"], axis=0), 2), np.round(hyper.emission[-1][1:], 2))
    print(f"scales: {hyper.range_km:.0f} km, {hyper.sd:.2f} (geometric means)\n")
    segment = pd.factorize(frontier.land_cells["segment"])[0]
    member = np.zeros((len(line.cell), segment.max() + 1))
    member[np.arange(cells), segment] = 1
    groups = {
        "cells between": (truth[:, between], ours[:, between]),
        "segments, between": (truth @ member, ours @ member),
        "crossings": (truth[:, line.at], ours[:, line.at]),
        "total between": (truth[:, between].sum(axis=1)[:, None], ours[:, between].sum(axis=1)[:, None]),
    }
    print("ours less the chain's, in logs: median over places (5 to 95 % of them)")
    for name, (chained, drawn) in groups.items():
        gaps = [
            np.log(np.quantile(drawn, share, axis=0) / np.quantile(chained, share, axis=0)) for share in (0.5, 0.95)
        ]
        told_gaps = ", ".join(
            f"{end} {np.median(gap):+.2f} ({np.quantile(gap, 0.05):+.2f} to {np.quantile(gap, 0.95):+.2f})"
            for end, gap in zip(("medians", "upper ends"), gaps, strict=True)
        )
        print(f"  {name:20}{told_gaps}")
    for name, number in (("chain", truth), ("ours", ours)):
        low, middle_, high = np.quantile(number[:, between].sum(axis=1), [0.05, 0.5, 0.95])
        total = number.sum(axis=1).mean()
        print(f"total between, {name}: {middle_:.1f} ({low:.1f} to {high:.1f}), mean of all {total:.1f}")


if __name__ == "__main__":
    main()
