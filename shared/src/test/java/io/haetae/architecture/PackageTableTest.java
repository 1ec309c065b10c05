package io.haetae.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The design's table of packages: what each may know, and what it must not. */
class PackageTableTest {

    private static final JavaClasses SHARED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.haetae");

    private static final List<String> DOMAIN = List.of(
            "io.haetae.time..",
            "io.haetae.event..",
            "io.haetae.calendar..",
            "io.haetae.market..",
            "io.haetae.indicator..",
            "io.haetae.score..",
            "io.haetae.watchlist..",
            "io.haetae.signal..",
            "io.haetae.portfolio..",
            "io.haetae.risk..",
            "io.haetae.order..",
            "io.haetae.job..",
            "io.haetae.config..");

    private static final List<String> VENUES = List.of("krx", "kis", "saxo", "dart");

    private static String[] domainAnd(String... more) {
        return Stream.concat(DOMAIN.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static String[] domain() {
        return domainAnd();
    }

    @Test
    void theDomainKnowsNothingButTheJdkAndItself() {
        classes()
                .that()
                .resideInAnyPackage(domain())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(domainAnd("java..", "org.jspecify.."))
                .check(SHARED);
    }

    @Test
    void timeKnowsNothingElse() {
        classes()
                .that()
                .resideInAPackage("io.haetae.time..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.haetae.time..", "java..", "org.jspecify..")
                .check(SHARED);
    }

    @Test
    void indicatorsDoNotKnowWhereBarsComeFrom() {
        noClasses()
                .that()
                .resideInAPackage("io.haetae.indicator..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("io\\.haetae\\.market\\.(MarketData|Quotes)")
                .check(SHARED);
    }

    @Test
    void theRunnerDoesNotKnowWhatAJobDoes() {
        noClasses()
                .that()
                .resideInAPackage("io.haetae.job..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.haetae.order..",
                        "io.haetae.signal..",
                        "io.haetae.score..",
                        "io.haetae.watchlist..",
                        "io.haetae.risk..",
                        "io.haetae.indicator..",
                        "io.haetae.market..",
                        "io.haetae.config..")
                .check(SHARED);
    }

    @Test
    void venuesKnowNeitherEachOtherNorTheCloud() {
        for (String venue : VENUES) {
            String[] others = Stream.concat(
                            VENUES.stream()
                                    .filter(other -> !other.equals(venue))
                                    .map(other -> "io.haetae." + other + ".."),
                            Stream.of("io.haetae.store..", "io.haetae.aws..", "software.amazon.."))
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.haetae." + venue + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true)
                    .check(SHARED);
        }
    }

    @Test
    void whatSendsOrdersKnowsNothingOfOurs() {
        classes()
                .that()
                .resideInAPackage("io.haetae.http..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.haetae.http..", "java..", "org.jspecify..", "okhttp3..", "okio..", "kotlin..")
                .check(SHARED);
    }

    @Test
    void onlyTheCloudPackageKnowsTheCloud() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.haetae.aws..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "io.haetae.aws..")
                .check(SHARED);
    }

    @Test
    void theStoreDoesNotKnowWhichEngineOrVenue() {
        noClasses()
                .that()
                .resideInAPackage("io.haetae.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.haetae.aws..",
                        "io.haetae.krx..",
                        "io.haetae.kis..",
                        "io.haetae.dart..",
                        "software.amazon..",
                        "java.sql..",
                        "com.fasterxml..",
                        "okhttp3..")
                .check(SHARED);
    }

    /** Invariant 11: time comes from the time port, ids from their cause; lease owners and write tokens alone are random. */
    @Test
    void nothingReadsTheClockOrDrawsAtRandom() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.haetae.aws..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalTime.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .check(SHARED);
    }
}
