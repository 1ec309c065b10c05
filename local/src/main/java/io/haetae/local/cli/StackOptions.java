package io.haetae.local.cli;

import io.haetae.local.world.DeployedStack;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A deployed stack instead of a world on this machine. */
final class StackOptions {

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description = "the deployed stack of that name, with your AWS credentials, instead of this machine's data")
    @Nullable
    String stack;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "of the stack (else AWS_REGION or the AWS profile's)")
    @Nullable
    String region;

    /**
     * Empty when a world on this machine is meant.
     *
     * @throws BadInputException when both are meant
     */
    Optional<String> name(WorldOptions world) {
        if (stack == null && region != null) {
            throw new BadInputException("--region " + region + " is of a stack: name it with --stack NAME");
        }
        if (stack != null && (world.isSimulated() || world.store != WorldOptions.StoreKind.sqlite)) {
            throw new BadInputException("--stack means what is deployed: leave --seed, --data and --store out");
        }
        return Optional.ofNullable(stack);
    }

    DeployedStack.Access access(Map<String, String> environment) {
        return new DeployedStack.Access(Optional.ofNullable(region), environment);
    }
}
