package books_test

import "example.org/asye/internal/asye"

var day = asye.MustDate
