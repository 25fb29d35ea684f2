# Seconds for a fit by Firth's penalty with all profile intervals and term tests, from single records.
suppressPackageStartupMessages(library(logistf))
d <- read.csv(commandArgs(TRUE)[1], colClasses = "character")
rows <- rep(seq_len(nrow(d)), as.numeric(d$total))
first <- ave(rows, rows, FUN = seq_along)
y <- as.numeric(first <= as.numeric(d$events)[rows])
x <- d[rows, setdiff(names(d), c("events", "total"))]
model <- reformulate(names(x), "y")
cat(system.time({ fit <- logistf(model, cbind(y = y, x), pl = TRUE); for (term in names(x)) logistftest(fit, reformulate(term)) })[["elapsed"]])
