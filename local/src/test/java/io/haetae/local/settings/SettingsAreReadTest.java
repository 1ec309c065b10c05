package io.haetae.local.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** G1, G2: a setting that the program parses but never asks for would change nothing. */
class SettingsAreReadTest {

    /** The zone of the schedules: the template alone knows it. */
    private static final Set<String> OF_THE_SCHEDULES = Set.of("Orchestrator.timezone");

    @Test
    void everyValueOfTheSettingsIsAskedForByTheProgram() {
        JavaClasses program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // The other modules' tests come as archives, once those are packed.
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.haetae");
        Set<String> asked = new TreeSet<>();
        for (JavaClass caller : program) {
            if (caller.getName().equals(SettingsReader.class.getName())) {
                continue;
            }
            for (JavaMethodCall call : caller.getMethodCallsFromSelf()) {
                String owner = call.getTargetOwner().getName();
                if (owner.startsWith(Settings.class.getName()) && !owner.equals(caller.getName())) {
                    asked.add(call.getTargetOwner().getSimpleName() + "." + call.getName());
                }
            }
        }

        Set<String> all = Stream.of(
                        Settings.Orchestrator.class,
                        Settings.Kis.class,
                        Settings.Saxo.class,
                        Settings.Endpoints.class,
                        Settings.Internal.class)
                .flatMap(part -> List.of(part.getRecordComponents()).stream()
                        .map(component -> part.getSimpleName() + "." + component.getName()))
                .filter(name -> !OF_THE_SCHEDULES.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        all.add("Settings.logLevel");

        all.removeAll(asked);
        assertThat(all).as("settings that nothing reads").isEmpty();
    }
}
