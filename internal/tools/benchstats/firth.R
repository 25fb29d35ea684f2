# Seconds for one fit by Firth's penalty of records that were grouped before, without intervals and tests.
suppressPackageStartupMessages(library(brglm2))
d <- read.csv(commandArgs(TRUE)[1], colClasses = "character")
d$events <- as.numeric(d$events)
d$total <- as.numeric(d$total)
model <- reformulate(setdiff(names(d), c("events", "total")), quote(cbind(events, total - events)))
cat(system.time(fit <- glm(model, binomial, d, method = "brglm_fit", type = "AS_mean"))[["elapsed"]])
