package metrics

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Measure is a number, or a few of one kind, that is read when somebody asks.
type Measure struct {
	Name   string // asye_what_unit
	Help   string // one sentence
	Labels []string
	Total  bool // it only ever grows
	Read   func(ctx context.Context) ([]Point, error)
}

// Point is one number, with a value for each label.
type Point struct {
	Labels []string
	Value  float64
}

// One is a single number without labels.
func One(value float64) []Point { return []Point{{Value: value}} }

// readWithin is how long all measures together may take.
const readWithin = 3 * time.Second

// reader reads the measures when Prometheus collects.
type reader struct {
	log      *slog.Logger
	measures []Measure
	what     []*prometheus.Desc
	failed   *prometheus.Desc
}

func newReader(log *slog.Logger, measures []Measure) *reader {
	r := &reader{log: log, measures: measures, failed: prometheus.NewDesc("asye_measures_failed",
		"How many of the measures could not be read this time.", nil, nil)}
	for _, m := range measures {
		r.what = append(r.what, prometheus.NewDesc(m.Name, m.Help, m.Labels, nil))
	}
	return r
}

// Describe names every measure.
func (r *reader) Describe(to chan<- *prometheus.Desc) {
	to <- r.failed
	for _, d := range r.what {
		to <- d
	}
}

// Collect reads every measure. One that fails is left out.
func (r *reader) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readWithin)
	defer cancel()
	failed := 0
	for i, m := range r.measures {
		points, err := m.Read(ctx)
		if err != nil {
			failed++
			r.log.Warn("a measure cannot be read", "measure", m.Name, "error", err)
			continue
		}
		kind := prometheus.GaugeValue
		if m.Total {
			kind = prometheus.CounterValue
		}
		for _, p := range points {
			to <- prometheus.MustNewConstMetric(r.what[i], kind, p.Value, p.Labels...)
		}
	}
	to <- prometheus.MustNewConstMetric(r.failed, prometheus.GaugeValue, float64(failed))
}
