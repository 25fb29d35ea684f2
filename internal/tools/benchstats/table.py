import sys

import pandas
from scipy.stats import fisher_exact

columns = ["gender", "ethnicity", "age_band", "disability", "deferrals", "region"]
d = pandas.read_csv(sys.argv[1], usecols=columns + ["outcome"], dtype="category")
d = d[d["outcome"].isin(["pass", "fail"])]
for column in columns:
    counts = pandas.crosstab(d[column], d["outcome"])
    reference = counts.sum(axis=1).idxmax()
    for group in counts.index:
        if group != reference:
            fisher_exact([[counts.loc[group, "fail"], counts.loc[group, "pass"]],
                          [counts.loc[reference, "fail"], counts.loc[reference, "pass"]]])
