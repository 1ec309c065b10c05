package io.haetae.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.Venue;
import io.haetae.portfolio.Account;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.OtherCapitalException;
import io.haetae.store.MemoryStore;
import io.haetae.store.PortfolioMapper;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BooksTest {

    private static final AccountId DRY = new AccountId(Mode.DRY_RUN, Venue.KIS, "someone", "KRW");
    private static final AccountId SIM = new AccountId(Mode.SIM, Venue.KIS, "someone", "KRW");
    private static final AccountId LIVE = new AccountId(Mode.LIVE, Venue.KIS, "someone", "KRW");
    private static final BigDecimal SET = new BigDecimal("100000000");

    private final AtomicInteger asked = new AtomicInteger();
    private final PortfolioMapper portfolios = new PortfolioMapper(new MemoryStore());
    private final Books books = new Books(portfolios, _ -> {
        int _ = asked.incrementAndGet();
        return new Capital.Beginning(new BigDecimal("3000000"), new BigDecimal("5000000"));
    });

    @Test
    void aDryRunBeginsWithTheSettingAndNeverAsksABroker() {
        assertThat(books.readFor(DRY, SET).cash().balance()).isEqualByComparingTo(SET);
        assertThatThrownBy(() -> books.readFor(DRY, BigDecimal.TEN)).isInstanceOf(OtherCapitalException.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void everyOtherModeBeginsWithWhatTheBrokerSaysAndAsksOnce() {
        for (AccountId account : new AccountId[] {SIM, LIVE}) {
            asked.set(0);
            Account book = books.readFor(account, SET);
            assertThat(book.cash().balance()).isEqualByComparingTo("3000000");
            assertThat(book.cash().initialCapital()).isEqualByComparingTo("5000000");
            assertThat(books.readFor(account, BigDecimal.TEN)).isEqualTo(book);
            assertThat(books.read(account, BigDecimal.TEN)).isEqualTo(book);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void aBookWhoseBrokerDoesNotAnswerIsNotOpened() {
        Books unanswered = new Books(portfolios, account -> {
            throw new CapitalUnavailableException(account, "503");
        });

        assertThatThrownBy(() -> unanswered.read(LIVE, SET))
                .isInstanceOf(CapitalUnavailableException.class)
                .hasMessageContaining("LIVE/KIS/someone/KRW")
                .hasMessageContaining("503");
        assertThatThrownBy(() -> new Books(portfolios).read(LIVE, SET)).isInstanceOf(CapitalUnavailableException.class);
        assertThat(portfolios.account(LIVE)).isEmpty();
    }
}
