package io.haetae.local.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A lock that the operating system frees when its process dies. */
public final class FolderLock implements AutoCloseable {

    /** What this process holds. To close a second channel of a file would free the lock that a first one holds. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Empty when another process, or another part of this one, holds it.
     *
     * @throws HomeException when the file cannot be used
     */
    public static Optional<FolderLock> tryLock(Path file) {
        Path known = file.toAbsolutePath().normalize();
        if (!HELD.add(known)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean held = false;
        try {
            channel = FileChannel.open(known, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return Optional.empty();
            }
            held = true;
            return Optional.of(new FolderLock(known, channel, lock));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new HomeException("cannot lock %s (%s)".formatted(file, Home.reason(e)), e);
        } finally {
            if (!held) {
                close(channel);
                HELD.remove(known);
            }
        }
    }

    private static void close(@org.jspecify.annotations.Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new HomeException("cannot close a lock file", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new HomeException("cannot free a lock file", e);
        } finally {
            HELD.remove(file);
        }
    }
}
