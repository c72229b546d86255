//! The text being written, with what stands before each line of the block that is open.

/// Markdown source that grows block by block.
#[derive(Debug, Default)]
pub struct Output {
    text: String,
    /// Marks of the quotations and indents of the items that are open, repeated before each line.
    prefix: String,
    /// Something was written on the line, so that the next block needs one of its own.
    in_block: bool,
}

/// Where a block's prefix ended before, to go back to.
pub struct Nesting(usize);

impl Output {
    /// Make room for a block: a line of its own, behind a blank one unless it is `tight`.
    pub fn start_block(&mut self, tight: bool) {
        if self.in_block {
            if !tight {
                self.blank_line();
            }
            self.new_line();
        }
        self.in_block = true;
    }

    /// Begin the next line.
    pub fn new_line(&mut self) {
        self.text.push('\n');
        self.text.push_str(&self.prefix);
    }

    fn blank_line(&mut self) {
        self.text.push('\n');
        self.text.push_str(self.prefix.trim_end());
    }

    pub fn push(&mut self, source: &str) {
        self.text.push_str(source);
    }

    /// Lines of one block, kept to the letter.
    pub fn push_lines<'l>(&mut self, lines: impl IntoIterator<Item = &'l str>) {
        for (index, line) in lines.into_iter().enumerate() {
            match (index, line) {
                (0, line) => self.push(line),
                (_, "") => self.blank_line(),
                (_, line) => {
                    self.new_line();
                    self.push(line);
                }
            }
        }
    }

    /// More lines of the block, kept to the letter.
    pub fn new_line_of(&mut self, text: &str) {
        for line in text.split('\n') {
            if line.is_empty() {
                self.blank_line();
            } else {
                self.new_line();
                self.push(line);
            }
        }
    }

    /// Open a container: its mark stands on this line, `indent` before its later lines.
    pub fn open(&mut self, mark: &str, indent: &str) -> Nesting {
        self.push(mark);
        let before = self.prefix.len();
        self.prefix.push_str(indent);
        self.in_block = false;
        Nesting(before)
    }

    /// Close a container; a mark without anything behind it loses its space.
    pub fn close(&mut self, nesting: Nesting) {
        self.prefix.truncate(nesting.0);
        if !self.in_block {
            self.text.truncate(self.text.trim_end_matches(' ').len());
        }
        self.in_block = true;
    }

    /// Columns the prefix takes.
    pub fn prefix_width(&self) -> usize {
        self.prefix.len()
    }

    /// The whole text with one line break at its end; empty when nothing was written.
    pub fn finish(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }
}
