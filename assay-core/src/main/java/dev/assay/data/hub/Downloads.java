package dev.assay.data.hub;

/**
 * Who is told of downloads. References are resolved deep inside recipes, data and models; a listener bound here for the
 * time of a job hears of all of them, without a parameter through every layer between.
 */
public final class Downloads {
    private static final ScopedValue<DownloadListener> LISTENER = ScopedValue.newInstance();
    private static final DownloadListener SILENT = (file, bytes, total) -> {};

    private Downloads() {}

    /** Does a job; what this thread downloads meanwhile is told to the listener. */
    public static <T> T reportedTo(
            DownloadListener listener, ScopedValue.CallableOp<? extends T, RuntimeException> job) {
        return ScopedValue.where(LISTENER, listener).call(job);
    }

    static DownloadListener listener() {
        return LISTENER.orElse(SILENT);
    }
}
