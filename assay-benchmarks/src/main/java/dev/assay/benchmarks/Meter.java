package dev.assay.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Wall clock, processor time of all threads, and resident memory of this process; and what a hypervisor took from the machine, without
 * which times of a shared machine cannot be told from its neighbours'.
 */
final class Meter {
    /** What the kernel counts steal in; fixed at 100 a second for all that it tells user space. */
    private static final double TICKS_A_SECOND = 100;

    /** {@code cpu user nice system idle iowait irq softirq steal ...}. */
    private static final int STEAL = 8;

    private final long wall = System.nanoTime();
    private final long cpu = processorNanos();
    private final double stolen = stolenSeconds();

    /**
     * Seconds since the meter was made.
     *
     * @param cpu summed over this process's threads
     * @param stolen summed over the machine's processors
     */
    record Reading(double wall, double cpu, double stolen) {
        /** Of the time of all processors. */
        double stolenShare() {
            return stolen / (wall * Runtime.getRuntime().availableProcessors());
        }
    }

    Reading read() {
        return new Reading((System.nanoTime() - wall) / 1e9, (processorNanos() - cpu) / 1e9, stolenSeconds() - stolen);
    }

    private static double stolenSeconds() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().split(" +")[STEAL]) / TICKS_A_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    /** Largest resident memory so far. */
    static long peakBytes() {
        return status("VmHWM:");
    }

    /** Resident memory now. */
    static long residentBytes() {
        return status("VmRSS:");
    }

    private static long status(String key) {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
