//! How much memory the process holds, as the system tells.

/// Most bytes the process held, ever or since [`forget_peak`]: `VmHWM` of Linux; nothing elsewhere.
pub(super) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?;
    kilobytes.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// Begin to count the peak anew (`clear_refs` of Linux, 5); says whether it could.
pub(super) fn forget_peak() -> bool {
    std::fs::write("/proc/self/clear_refs", "5").is_ok()
}
