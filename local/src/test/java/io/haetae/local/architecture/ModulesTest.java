package io.haetae.local.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.haetae.functions.FunctionHandler;
import io.haetae.functions.Graph;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.indicator.IndicatorSnapshots;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Scores;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules that only hold over all three modules together; the table of the shared packages has a test of its own. */
class ModulesTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The other modules' tests come as archives, once those are packed.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.haetae");

    @Test
    void modulesKnowOnlyThoseBeforeThem() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.haetae.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.haetae.local..")
                .check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.haetae.local..", "io.haetae.functions..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.haetae.functions..")
                .check(ALL);
    }

    /**
     * The program on one machine is the deployed one: it drives handlers, reads what they left, and simulates venues. Its commands
     * explain indicators and scores to a person; they keep none.
     */
    @Test
    void theProgramOnOneMachineDecidesNothingAboutTrading() {
        noClasses()
                .that()
                .resideInAPackage("io.haetae.local..")
                .and()
                .resideOutsideOfPackages("io.haetae.local.cli..", "io.haetae.local.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.haetae.indicator..", "io.haetae.score..", "io.haetae.signal..")
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("io.haetae.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.haetae.order.paper..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("io\\.haetae\\.(order\\.(OrderDesk|EntryRequest|ExitRequest)"
                        + "|risk\\.(RiskWatch|RiskLimits|Marks)|watchlist\\.DailyUpdate|job\\.JobRunner"
                        + "|signal\\.(EntryRules|ExitRules|PositionSizing|MovingAverageCrossover))")
                .orShould()
                .callMethod(Scores.class, "put", ScoreSheet.class)
                .orShould()
                .callMethod(IndicatorSnapshots.class, "put", IndicatorSnapshot.class)
                .check(ALL);
    }

    @Test
    void jobsKnowNoCloud() {
        noClasses()
                .that()
                .resideInAPackage("io.haetae.functions.*..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "io.haetae.aws..")
                .check(ALL);
    }

    /** A job's body is given its ports; what gives them is the handler beside it. */
    @Test
    void onlyHandlersKnowTheGraph() {
        noClasses()
                .that()
                .areNotAssignableTo(FunctionHandler.class)
                .and()
                .resideOutsideOfPackage("io.haetae.functions")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Graph.class)
                .check(ALL);
    }

    /** Invariant 11, C4: no time is without its zone, and none is the machine's. The system's clock is one class, and lease owners and write tokens are drawn where graphs begin. */
    @Test
    void nothingReadsAClockOrDrawsAtRandomButWhereAllIsPutTogether() {
        noClasses()
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
                .callMethod(ZoneId.class, "systemDefault")
                .orShould()
                .callMethod(TimeZone.class, "getDefault")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Date.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Calendar.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.haetae.aws..", "io.haetae.functions", "io.haetae.local.world..")
                .should()
                .callMethod(UUID.class, "randomUUID")
                .check(ALL);
    }
}
