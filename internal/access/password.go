package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"gewu/internal/fault"
)

// Parameters of argon2id: the minimum that OWASP recommends, about 40 ms.
const (
	argonTime   = 2
	argonMemory = 19 << 10 // KiB
	argonKey    = 32
	argonSalt   = 16
)

// hashing bounds the memory that sign-ins take: each hash needs 19 MiB.
var hashing = make(chan struct{}, 4)

func argon(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, 1, argonKey), nil
}

// hashPassword returns the PHC string of a password.
func hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	rand.Read(salt) // never fails
	key, err := argon(ctx, password, salt)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, argonMemory, argonTime, b64(salt), b64(key)), nil
}

// passwordMatches compares in constant time. A hash of another form matches
// nothing.
func passwordMatches(ctx context.Context, hash, password string) (bool, error) {
	parts := strings.Split(hash, "$")
	prefix := fmt.Sprintf("m=%d,t=%d,p=1", argonMemory, argonTime)
	if len(parts) != 6 || parts[1] != "argon2id" || parts[3] != prefix {
		return false, nil
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil {
		return false, nil
	}
	got, err := argon(ctx, password, salt)
	return subtle.ConstantTimeCompare(got, want) == 1, err
}

// stampOf is a mark of a password's hash that tells nothing about it.
func stampOf(hash string) string {
	h := sha256.Sum256([]byte("stamp " + hash))
	return hex.EncodeToString(h[:8])
}

// MinPassword is the least number of characters of a password. Length beats
// rules about kinds of characters (NIST SP 800-63B).
const MinPassword = 8

var errPasswordShort = fault.New(fault.Invalid, "password_short", "密码为 {min} 至 200 位，且不能与账号相同，请重新设置", "A password has {min} to 200 characters and differs from the user name. Choose another.")

func checkPassword(username, password string) error {
	if n := utf8.RuneCountInString(password); n < MinPassword || n > 200 || strings.EqualFold(username, password) {
		return errPasswordShort.With("min", MinPassword)
	}
	return nil
}

// NewPassword makes a password that can be read out over the telephone: no
// letters or digits that look alike.
func NewPassword() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789" // 31 of them
	b := make([]byte, 0, 14)
	for len(b) < 14 {
		if len(b) == 4 || len(b) == 9 {
			b = append(b, '-')
			continue
		}
		var r [1]byte
		rand.Read(r[:])
		if int(r[0]) < 248 { // 8 × 31: no letter is likelier than another
			b = append(b, letters[int(r[0])%len(letters)])
		}
	}
	return string(b)
}
