package openid

import "encoding/json"

// Said is what a directory of an issuer says, as if it had signed it.
func Said(issuer, claims string) Claims {
	c := Claims{Issuer: issuer, entra: Config{Issuer: issuer}.isEntra()}
	_ = json.Unmarshal([]byte(claims), &c)
	return c
}
