package small

import "example.org/asye/internal/stat/figure"

// Interval is a lower and an upper limit.
type Interval [2]figure.Figure
