//! Disks of our own, small or read-only, where the machine lets us mount them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A mounted file system; gone when dropped.
pub struct Mount {
    at: PathBuf,
    image: Option<PathBuf>,
}

fn run(words: &[&str]) -> bool {
    let done = Command::new(words[0]).args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

impl Mount {
    /// A file system in memory of so many MiB; nothing where mounting is not permitted.
    pub fn memory(at: &Path, size: u32) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        run(&["mount", "-t", "tmpfs", "-o", &format!("size={size}m"), "none", at.to_str().unwrap()])
            .then(|| Mount { at: at.into(), image: None })
    }

    /// An ext4 file system in a file; nothing where mounting is not permitted.
    pub fn image(file: &Path, at: &Path, size: u32) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        std::fs::File::create(file).unwrap().set_len(u64::from(size) << 20).unwrap();
        if !run(&["mkfs.ext4", "-q", file.to_str().unwrap()]) {
            return None;
        }
        let mount = Mount { at: at.into(), image: Some(file.into()) };
        mount.again().then_some(mount)
    }

    /// Mounts the image again after [`Mount::off`].
    pub fn again(&self) -> bool {
        let image = self.image.as_ref().expect("it is an image");
        run(&["mount", "-o", "loop", image.to_str().unwrap(), self.at.to_str().unwrap()])
    }

    /// Other options: `ro`, `rw`, or `abort`, which is what ext4 does when it finds a fault: from now on it takes no data.
    pub fn remount(&self, option: &str) -> bool {
        run(&["mount", "-o", &format!("remount,{option}"), self.at.to_str().unwrap()])
    }

    /// Takes it away, when nobody uses it any more.
    pub fn off(&self) -> bool {
        run(&["umount", self.at.to_str().unwrap()])
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // Somebody may still use it; then it goes when they end.
        run(&["umount", "-l", self.at.to_str().unwrap()]);
    }
}
