package io.haetae.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/** What every function has: a platform, and the graph made of it once. */
public abstract class FunctionHandler implements RequestStreamHandler {

    private final Supplier<Platform> platform;
    private final Consumer<Context> logging;
    private @Nullable Graph graph;

    /** In Lambda: everything comes from the environment, at the first invocation. */
    protected FunctionHandler() {
        this.platform = CloudPlatform::fromEnvironment;
        this.logging = PowertoolsLogging::initializeLogging;
    }

    protected FunctionHandler(Platform platform) {
        this.platform = () -> platform;
        this.logging = _ -> {};
    }

    /** @param context null stands for a caller without one */
    protected void log(@Nullable Context context) {
        if (context != null) {
            logging.accept(context);
        }
    }

    /** Wired at the first invocation, so that a setting that makes no sense fails the invocation in one line. */
    protected synchronized Graph graph() {
        Graph wired = graph;
        if (wired == null) {
            wired = new Graph(platform.get());
            graph = wired;
        }
        return wired;
    }
}
