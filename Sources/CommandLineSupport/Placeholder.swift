enum CommandLineSupportPlaceholder {}
