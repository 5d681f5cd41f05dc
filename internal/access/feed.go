package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"gewu/internal/store"
)

// NewFeed makes the secret of somebody's calendar feed and returns it; an older
// one stops working. Only its hash is kept.
func (s *Service) NewFeed(ctx context.Context, who Identity) (string, error) {
	token := rand.Text()
	return token, s.db.Tx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE account SET feed_token = ? WHERE id = ?", feedHash(token), who.ID); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "account.feed", Account{ID: who.ID, Place: who.Place}, nil, nil)
	})
}

// FeedIdentity is for whom a feed is made.
func (s *Service) FeedIdentity(ctx context.Context, token, address string) (Identity, error) {
	if token == "" {
		return Identity{}, ErrMissing
	}
	a, err := store.One[Account](ctx, s.db, store.SQL(selectAccount+" WHERE a.feed_token = ? AND a.disabled_at = ''", feedHash(token)).Anywhere())
	if errors.Is(err, store.ErrNone) {
		return Identity{}, ErrMissing
	}
	if err != nil {
		return Identity{}, err
	}
	return s.identify(ctx, a, address)
}

func feedHash(token string) string {
	h := sha256.Sum256([]byte(token))
	return hex.EncodeToString(h[:])
}
