package firth

import "example.org/asye/internal/stat/figure"

// Interval is a lower and an upper limit.
type Interval [2]figure.Figure

// ChisqP is a chi-square statistic with one degree of freedom and its p-value.
type ChisqP [2]figure.Figure
