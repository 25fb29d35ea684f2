suppressPackageStartupMessages(library(data.table))
setDTthreads(2)
columns <- c("gender", "ethnicity", "age_band", "disability", "deferrals", "region")
d <- fread(commandArgs(TRUE)[1], select = c(columns, "outcome"))
d <- d[outcome %in% c("pass", "fail")]
for (column in columns) {
  counts <- d[, .N, by = c(column, "outcome")]
  wide <- dcast(counts, as.formula(paste(column, "~ outcome")), value.var = "N", fill = 0)
  reference <- which.max(wide$pass + wide$fail)
  for (i in seq_len(nrow(wide))) if (i != reference)
    fisher.test(matrix(c(wide$fail[i], wide$fail[reference], wide$pass[i], wide$pass[reference]), 2))
}
