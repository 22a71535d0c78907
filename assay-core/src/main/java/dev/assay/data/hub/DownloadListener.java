package dev.assay.data.hub;

/** Told how far the downloads from the Hub are, on the thread that downloads. */
public interface DownloadListener {
    /**
     * More of a file has arrived; called at its begin and after every block, many times a second.
     *
     * @param file path of the file in its repository
     * @param bytes how much of it is here, with what earlier runs brought
     * @param total its size in bytes; -1 where the server does not say
     */
    void onBytes(String file, long bytes, long total);

    /** Another process downloads the same file: this one waits, and then takes what that one has brought. */
    default void onWaiting(String file) {}

    /** No more of this file comes: it is complete, or its download has failed. */
    default void onEnd(String file) {}
}
