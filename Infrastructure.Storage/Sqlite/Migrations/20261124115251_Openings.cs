using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConnectFour.Infrastructure.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Openings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "swap",
                table: "games",
                newName: "balance");

            migrationBuilder.AddColumn<string>(
                name: "opening",
                table: "games",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "opening",
                table: "games");

            migrationBuilder.RenameColumn(
                name: "balance",
                table: "games",
                newName: "swap");
        }
    }
}
